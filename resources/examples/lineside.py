"""A client of Lineside's API for the line, with nothing but Python's standard library (3.8 or later).

    from lineside import Lineside

    line = Lineside("http://127.0.0.1:8600")
    answer = line.predict("surface-check", "picture.jpg", metadata={"Board": "B-1042"})
    for found in answer["predictions"]:
        print(found["class"], found["confidence"], found.get("box"))

Or from a shell, for a look (a key is needed where Lineside asks for one):

    LINESIDE_KEY=... python3 lineside.py http://127.0.0.1:8600 surface-check picture.jpg

One object keeps one connection open, which saves time for each picture; give each thread an object of its own.
"""

import http.client
import json
import os
import sys
import time
from urllib.parse import quote, urlencode, urlsplit

BUSY = (429, 503)


class LinesideError(Exception):
    """What Lineside refused. `code` stays the same between versions; `detail` is for people."""

    def __init__(self, status, problem, retry_after=None):
        super().__init__(f"{problem.get('code', status)}: {problem.get('detail', 'no reason was given')}")
        self.status = status
        self.code = problem.get("code")
        self.detail = problem.get("detail")
        self.retry_after = retry_after
        self.problem = problem


class Lineside:
    """A Lineside on this workstation, or on another one that asks for a key.

    timeout   seconds that one answer may take
    patience  seconds during which a request is sent again while the inference is busy or not ready; 0: never
    """

    def __init__(self, url="http://127.0.0.1:8600", key=None, timeout=30.0, patience=10.0):
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=timeout)
        self._key = key
        self._patience = patience

    def predict(self, inference, image, metadata=None, masks=None, deadline_ms=None, request_id=None):
        """Predicts on one picture.

        image        a path, or the file's bytes
        metadata     names and values that override those of the setup, in the sample and in the answer
        masks        of segmentation models: "polygon" (the default), "rle" or "none"
        deadline_ms  how long the answer is of use
        request_id   comes back as answer["requestId"] and stands in the log
        """
        if not isinstance(image, (bytes, bytearray, memoryview)):
            with open(image, "rb") as file:
                image = file.read()
        options = {"masks": masks, "deadlineMs": deadline_ms}
        query = urlencode({name: value for name, value in options.items() if value is not None})
        headers = {"Content-Type": "application/octet-stream"}
        if metadata:
            headers["Lineside-Metadata"] = json.dumps(metadata)
        if request_id:
            headers["X-Request-Id"] = request_id
        path = f"{_path(inference)}/predict" + (f"?{query}" if query else "")
        return self._patiently("POST", path, image, headers)

    def inferences(self):
        """All inferences with their status."""
        return self._patiently("GET", "/v1/inferences")["items"]

    def inference(self, inference):
        """Status, reason, model and figures of one."""
        return self._patiently("GET", _path(inference))

    def until_healthy(self, inference, within=120.0):
        """Waits until it takes pictures, and gives its description."""
        end = time.monotonic() + within
        while True:
            now = self.inference(inference)
            if now["status"] == "healthy":
                return now
            if time.monotonic() > end:
                raise TimeoutError(f"{inference} is {now['status']} after {within} s: {now['reason']}")
            time.sleep(0.2)

    # These need a key with the scope "control".

    def start(self, inference):
        return self._patiently("POST", f"{_path(inference)}/start")

    def stop(self, inference):
        return self._patiently("POST", f"{_path(inference)}/stop")

    def record_next(self, inference):
        """The next picture is recorded as a sample, whatever the rules say."""
        return self._patiently("POST", f"{_path(inference)}/record-next")

    def switch_model(self, inference, model_id):
        """Puts another model of the project under it, without a gap."""
        body = json.dumps({"model": model_id}).encode()
        return self._patiently("POST", f"{_path(inference)}/model", body, {"Content-Type": "application/json"})

    def close(self):
        self._connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _patiently(self, method, path, body=None, headers=None):
        end = time.monotonic() + self._patience
        while True:
            try:
                return self._ask(method, path, body, headers or {})
            except LinesideError as refusal:
                wait = refusal.retry_after
                if refusal.status not in BUSY or wait is None or time.monotonic() + wait > end:
                    raise
                time.sleep(wait)

    def _ask(self, method, path, body, headers):
        response = self._send(method, path, body, headers)
        text = response.read()
        if response.status < 300:
            return json.loads(text) if text else None
        retry_after = response.getheader("Retry-After")
        raise LinesideError(response.status, _problem(text), None if retry_after is None else float(retry_after))

    def _send(self, method, path, body, headers):
        if self._key:
            headers = {**headers, "Authorization": f"Bearer {self._key}"}
        was_open = self._connection.sock is not None
        try:
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            if not was_open:
                raise
            # The host closes connections that were silent for long; that is told only now.
            return self._send(method, path, body, headers)
        except Exception:
            self._connection.close()
            raise


def _path(inference):
    return f"/v1/inferences/{quote(inference, safe='')}"


def _problem(text):
    try:
        problem = json.loads(text)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def main(url, inference, *pictures):
    with Lineside(url, os.environ.get("LINESIDE_KEY")) as line:
        for picture in pictures:
            answer = line.predict(inference, picture)
            for found in answer["predictions"]:
                box = found.get("box")
                where = "" if box is None else " ".join(f"{name} {value:.0f}" for name, value in box.items())
                print(picture, found["class"], f"{found['confidence']:.2f}", where, sep="\t")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit("python3 lineside.py URL INFERENCE PICTURE...")
    try:
        main(*sys.argv[1:])
    except (LinesideError, OSError) as error:
        sys.exit(str(error))

"""What packages answer on many pictures, for test/engine/packageParity.test.ts and `npm run parity`.

    python test/parity/packages.py [case ...]      every case, or those that are named

Judges: Ultralytics' own `yolo predict` with ONNX files (8.4.190, and 8.3.240 for what changed between), RF-DETR's own
preparation and PostProcess, transformers' and the official repository's way of RT-DETR, torch's interpolation for
semantic logits. Needs torch, torchvision, onnx, onnxruntime, opencv-python-headless, pillow, pycocotools, transformers (4),
ultralytics and rfdetr (pip install --no-deps, as their wishes clash); an older Ultralytics in the folder that OLDER_ULTRALYTICS names. Pictures of ../shared beside
the repository are taken where they are; only numbers about them are written. Writes ../fixtures/parity/packages/*.json.
"""

import base64
import hashlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FIXTURES = HERE.parent / "fixtures"
TARGET = FIXTURES / "parity" / "packages"
SHARED = Path(os.environ.get("LINESIDE_SHARED", ROOT.parent / "shared"))
NAMES = ["bolt", "nut", "washer", "rivet"]
IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
VOC = ["background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog",
       "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor"]  # fmt: skip


def made(name, family, resize, parameters, judge, task="detection", **more):
    """A case with one of the networks of test/fixtures/models."""
    spec = {"family": family, "task": task, "classes": NAMES, "input": {"width": 320, "height": 320, **resize}, "options": more.pop("options", {})}
    return {"model": f"test/fixtures/models/{name}.onnx", "spec": spec, "parameters": parameters, "judge": judge, "pictures": "boards", **more}


def sample(name, parameters, judge, pictures, changes=None, **more):
    """A case with the model of a sample project. `changes`: what differs from the project's spec."""
    (model,) = json.loads((ROOT / "resources" / "sample" / name / "project.json").read_text())["models"]
    spec = {key: model["spec"][key] for key in ("family", "task", "classes", "input", "options")}
    changes = changes or {}
    spec["input"] |= changes.get("input", {})
    spec["options"] |= changes.get("options", {})
    return {"model": f"resources/sample/{name}/{model['file']}", "spec": spec, "parameters": parameters, "judge": judge, "pictures": pictures, **more}


def yolo(task, **settings):
    return lambda judges, path: judges.Ultralytics(path, task, **settings)


def labels():
    """ImageNet's, in the order of the network's scores."""
    lines = (SHARED / "models" / "imagenet_labels_squeezenet.txt").read_text().splitlines()
    return [f"{at} {line.split(',', 1)[-1].strip()}" for at, line in enumerate(line for line in lines if line.strip())][:1000]


def cases():
    crop = {"input": {"resize": "crop", "interpolation": "bilinear-antialias"}}
    stretch = {"resize": "stretch"}
    unrounded = {**stretch, "interpolation": "bilinear-unrounded", **IMAGENET}
    plain = {"mean": [0, 0, 0], "std": [1, 1, 1]}
    letterbox = {"resize": "letterbox"}
    smooth = {**stretch, "interpolation": "bilinear-antialias"}
    few = {"confidence": 0.6, "iou": 0.5, "maxDetections": 300}
    limits = {"conf": 0.6, "iou": 0.5, "max_det": 300}
    mixed = {"confidence": 0.5, "maxDetections": 100}
    whole = {"minAreaPx": 0, "maxRegions": 10_000}
    project = json.loads((ROOT / "resources/sample/plate-surface/project.json").read_text())["models"][0]["spec"]["input"]
    surface = (project["width"], project["height"])
    last = {"firstClass": "first score"}
    rf = lambda masks, most: lambda judges, path: judges.RfDetr(path, NAMES, 0.5, most, masks)
    yield "classifier", sample("board-check", {"topK": 2}, yolo("classify"), "boards", crop)
    yield "yolo-detect", sample("bare-boards", {}, yolo("detect", iou=0.7), "boards")
    yield "yolo-segment", sample("plate-defects", {}, yolo("segment", iou=0.7, retina_masks=True), "plates")
    yield "yolo-obb", made("parity-obb", "yolo-obb", letterbox, few, yolo("obb", **limits))
    changes = {"input": {"resize": "letterbox", **plain}, "options": {"alignCorners": False, "background": ""}}
    yield "yolo-semantic", sample("plate-surface", whole, yolo("semantic"), "plates", changes)
    judge = lambda judges, path: judges.Interpolated(path, surface, project["mean"], project["std"], True)
    yield "pidnet", sample("plate-surface", whole, judge, "plates", {"options": {"background": ""}})
    judge = lambda judges, path: judges.Transformers(path, NAMES, 0.5)
    yield "rt-detr-transformers", made("parity-rt-detr", "rt-detr", smooth, mixed, judge)
    judge = lambda judges, path: judges.Deployed(path, NAMES, 0.5)
    yield "rt-detr-deployed", made("parity-rt-detr", "rt-detr", smooth, mixed, judge)
    judge = yolo("rt-detr", conf=0.4, max_det=40)
    some = {"confidence": 0.4, "maxDetections": 40}
    yield "rt-detr-rows", made("parity-rt-detr-rows", "rt-detr", stretch, some, judge, older=True)
    yield "rt-detr-best", made("parity-rt-detr-best", "rt-detr", stretch, some, judge)
    yield "rf-detr-boxes", made("parity-rf-detr", "rf-detr", unrounded, mixed, rf(False, 100), options=last)
    short = {"confidence": 0.5, "maxDetections": 5}
    masks = made("parity-rf-detr", "rf-detr", unrounded, short, rf(True, 5), "instance-segmentation", options=last)
    yield "rf-detr-masks", masks
    half = {"mean": [0.5] * 3, "std": [0.5] * 3}
    judge = lambda judges, path: judges.Interpolated(path, (257, 257), **half, aligned=False, last=True)
    spec = {"family": "pidnet", "task": "semantic-segmentation", "classes": VOC, "input": {"width": 257, "height": 257, **stretch, **half}, "options": {"alignCorners": False}}  # fmt: skip
    yield "deeplab", {"model": "../shared/models/deeplab_v3_mobilenet_voc.onnx", "spec": spec, "parameters": whole, "judge": judge, "pictures": "shared"}
    if not SHARED.is_dir():
        return
    names = labels()
    spec = {"family": "classifier", "task": "classification", "classes": names, "input": {"width": 224, "height": 224, **stretch, "channels": "bgr", "scale": 1}, "options": {"activation": "none"}}  # fmt: skip
    judge = lambda judges, path: judges.Stretched(path, names, 224)
    yield "squeezenet", {"model": "../shared/models/squeezenet_fp16_imagenet_224.onnx", "spec": spec, "parameters": {"topK": 5}, "judge": judge, "pictures": "shared"}


def pictures_of(kind):
    """Names from the repository's root, and of what lies in ../shared."""
    folders = {"boards": ["pictures"], "plates": ["plates"], "shared": ["pictures"]}[kind]
    own = [path for folder in folders for path in sorted((FIXTURES / "parity" / folder).iterdir())]
    shared = sorted((SHARED / "images").iterdir()) if kind != "plates" and SHARED.is_dir() else []
    return {**{str(path.relative_to(ROOT)): path for path in own}, **{f"../shared/images/{path.name}": path for path in shared}}


def located(name):
    return SHARED / name.removeprefix("../shared/") if name.startswith("../shared/") else ROOT / name


def written(answer, picture):
    """As it stands in the file: class maps as PNG."""
    size = {"size": picture.shape[1::-1]}
    if "map" in answer:
        data = cv2.imencode(".png", answer["map"].astype(np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 9])[1]
        answer = {"map": base64.b64encode(data.tobytes()).decode()}
    if "probabilities" in answer:
        best = sorted(answer["probabilities"].items(), key=lambda item: -item[1])[:5]
        answer = {"probabilities": {key: round(value, 6) for key, value in best}}
    return {**size, **answer}


def judged(name, case):
    import package_judges as judges
    from reference import read

    path = located(case["model"])
    if not path.is_file():
        return print(f"{name}: not run, {case['model']} is missing")
    judge = case["judge"](judges, path)
    answers = {key: written(judge(picture), picture) for key, picture in ((key, read(path)) for key, path in pictures_of(case["pictures"]).items())}
    head = {
        "made": {"command": f"python test/parity/packages.py {name}", "python": platform.python_version(), **judge.version},
        "model": {"file": case["model"], "sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
        "spec": case["spec"],
        "parameters": case["parameters"],
    }
    top = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
    lines = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in answers.items())
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"{name}.json").write_text(f'{{\n{top},\n  "pictures": {{\n{lines}\n  }}\n}}\n')
    count = sum(len(answer.get("detections", [])) for answer in answers.values())
    print(f"{name}: {len(answers)} pictures, {count} detections", flush=True)


def main(wanted):
    for name, case in cases():
        if wanted and name not in wanted:
            continue
        if case.get("older") and "OLDER" not in os.environ:
            paths = os.pathsep.join(filter(None, [os.environ["OLDER_ULTRALYTICS"], os.environ.get("PYTHONPATH")]))
            subprocess.run([sys.executable, __file__, name], env={**os.environ, "OLDER": "1", "PYTHONPATH": paths}, check=True)
        else:
            judged(name, case)


if __name__ == "__main__":
    main(sys.argv[1:])

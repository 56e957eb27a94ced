/** How line software calls an inference, in the languages that integrators use; the window and `/docs` show it. */
export const callLanguages = ['curl', 'Python', 'C#', 'Node'] as const
export type CallLanguage = (typeof callLanguages)[number]

/** The shortest call. @param withKey Whether it shows where an API key goes. */
export function callExample(language: CallLanguage, endpoint: string, withKey: boolean): string {
  return shortest[language](endpoint, withKey)
}

/** A call with all that a request may say, which comes again where the inference is busy. */
export function fullCallExample(language: CallLanguage, endpoint: string, withKey: boolean): string {
  return full[language](endpoint, withKey)
}

type Examples = Record<CallLanguage, (endpoint: string, withKey: boolean) => string>

const shortest: Examples = {
  curl: (endpoint, withKey) => `curl --fail-with-body --data-binary @picture.jpg \\
  -H "Content-Type: image/jpeg" \\${withKey ? `\n  ${curlKey} \\` : ''}
  ${endpoint}`,
  Python: (endpoint, withKey) => `import json
${withKey ? 'import os\n' : ''}import urllib.request

with open("picture.jpg", "rb") as file:
    request = urllib.request.Request(
        "${endpoint}",
        data=file.read(),
        headers={
            "Content-Type": "image/jpeg",${withKey ? `\n            ${pythonKey},` : ''}
        },
    )
with urllib.request.urlopen(request, timeout=30) as response:
    answer = json.load(response)
for found in answer["predictions"]:
    print(found["class"], found["confidence"])`,
  'C#': (endpoint, withKey) => `using System.Net.Http.Headers;

using var client = new HttpClient();${withKey ? `\n${cSharpKey}` : ''}
using var picture = new ByteArrayContent(
    await File.ReadAllBytesAsync("picture.jpg"));
picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
var response = await client.PostAsync(
    "${endpoint}",
    picture);
response.EnsureSuccessStatusCode();
Console.WriteLine(await response.Content.ReadAsStringAsync());`,
  Node: (endpoint, withKey) => `import { readFile } from 'node:fs/promises'

const response = await fetch(
  '${endpoint}',
  {
    method: 'POST',
    headers: {
      'content-type': 'image/jpeg'${withKey ? `,\n      ${nodeKey}` : ''}
    },
    body: await readFile('picture.jpg')
  }
)
const answer = await response.json()
if (!response.ok) throw new Error(answer.detail)
for (const found of answer.predictions) {
  console.log(found.class, found.confidence)
}`
}

const full: Examples = {
  curl: (endpoint, withKey) => `curl --fail-with-body --retry 3 --data-binary @picture.jpg \\
  -H "Content-Type: image/jpeg" \\
  -H 'Lineside-Metadata: {"Board": "B-1042"}' \\
  -H "X-Request-Id: B-1042/1" \\${withKey ? `\n  ${curlKey} \\` : ''}
  "${endpoint}${options}"`,
  Python: (endpoint, withKey) => `import json
${withKey ? 'import os\n' : ''}import time
import urllib.error
import urllib.request


def predict(picture, metadata, request_id):
    request = urllib.request.Request(
        "${endpoint}${options}",
        data=picture,
        headers={
            "Content-Type": "image/jpeg",
            "Lineside-Metadata": json.dumps(metadata),
            "X-Request-Id": request_id,${withKey ? `\n            ${pythonKey},` : ''}
        },
    )
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            if error.code not in (429, 503):
                raise RuntimeError(f"{problem['code']}: {problem['detail']}")
            time.sleep(float(error.headers["Retry-After"]))


with open("picture.jpg", "rb") as file:
    answer = predict(file.read(), {"Board": "B-1042"}, "B-1042/1")
print(json.dumps(answer, indent=2))`,
  'C#': (endpoint, withKey) => `using System.Net.Http.Headers;
using System.Text.Json;

using var client = new HttpClient();${withKey ? `\n${cSharpKey}` : ''}
var picture = await File.ReadAllBytesAsync("picture.jpg");
var metadata = new Dictionary<string, string> { ["Board"] = "B-1042" };
Console.WriteLine(await Predict(picture, metadata, "B-1042/1"));

async Task<JsonElement> Predict(
    byte[] picture, Dictionary<string, string> metadata, string requestId)
{
    while (true)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "${endpoint}${options}");
        request.Content = new ByteArrayContent(picture);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        request.Headers.Add("Lineside-Metadata", JsonSerializer.Serialize(metadata));
        request.Headers.Add("X-Request-Id", requestId);
        using var response = await client.SendAsync(request);
        var answer = JsonSerializer.Deserialize<JsonElement>(
            await response.Content.ReadAsStringAsync());
        if (response.IsSuccessStatusCode) return answer;
        if ((int)response.StatusCode is not (429 or 503))
            throw new Exception(answer.GetProperty("detail").GetString());
        await Task.Delay(response.Headers.RetryAfter!.Delta!.Value);
    }
}`,
  Node: (endpoint, withKey) => `import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

async function predict(picture, metadata, requestId) {
  for (;;) {
    const response = await fetch(
      '${endpoint}${options}',
      {
        method: 'POST',
        headers: {
          'content-type': 'image/jpeg',
          // A header carries bytes: UTF-8, each byte as one character.
          'lineside-metadata': Buffer.from(JSON.stringify(metadata)).toString('latin1'),
          'x-request-id': requestId${withKey ? `,\n          ${nodeKey}` : ''}
        },
        body: picture
      }
    )
    const answer = await response.json()
    if (response.ok) return answer
    if (![429, 503].includes(response.status)) throw new Error(\`\${answer.code}: \${answer.detail}\`)
    await wait(1000 * Number(response.headers.get('retry-after')))
  }
}

const picture = await readFile('picture.jpg')
const answer = await predict(picture, { Board: 'B-1042' }, 'B-1042/1')
console.log(JSON.stringify(answer, null, 2))`
}

const options = '?masks=rle&deadlineMs=5000'
const curlKey = '-H "Authorization: Bearer $LINESIDE_KEY"'
const pythonKey = `"Authorization": f"Bearer {os.environ['LINESIDE_KEY']}"`
const cSharpKey = `client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
    "Bearer", Environment.GetEnvironmentVariable("LINESIDE_KEY"));`
const nodeKey = 'authorization: `Bearer ${process.env.LINESIDE_KEY}`'

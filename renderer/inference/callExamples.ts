/** How line software calls an inference, in the languages that integrators use. */
export const callLanguages = ['curl', 'Python', 'C#', 'Node'] as const
export type CallLanguage = (typeof callLanguages)[number]

export function callExample(language: CallLanguage, endpoint: string): string {
  return examples[language](endpoint)
}

const examples: Record<CallLanguage, (endpoint: string) => string> = {
  curl: (endpoint) => `curl --data-binary @picture.jpg \\
  -H 'Content-Type: image/jpeg' \\
  ${endpoint}`,
  Python: (endpoint) => `import requests

with open("picture.jpg", "rb") as picture:
    answer = requests.post(
        "${endpoint}",
        data=picture,
        headers={"Content-Type": "image/jpeg"},
    )
answer.raise_for_status()
for found in answer.json()["predictions"]:
    print(found["class"], found["confidence"])`,
  'C#': (endpoint) => `using System.Net.Http.Headers;

using var client = new HttpClient();
using var picture = new ByteArrayContent(
    await File.ReadAllBytesAsync("picture.jpg"));
picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
var answer = await client.PostAsync(
    "${endpoint}",
    picture);
answer.EnsureSuccessStatusCode();
Console.WriteLine(await answer.Content.ReadAsStringAsync());`,
  Node: (endpoint) => `import { readFile } from 'node:fs/promises'

const answer = await fetch(
  '${endpoint}',
  {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body: await readFile('picture.jpg')
  }
)
console.log((await answer.json()).predictions)`
}

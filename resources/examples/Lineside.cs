// A client of Lineside's API for the line, with nothing but .NET's own libraries (.NET 6 or later).
//
//     using var line = new Lineside.LineClient("http://127.0.0.1:8600");
//     var answer = await line.PredictAsync("surface-check", await File.ReadAllBytesAsync("picture.jpg"));
//     foreach (var found in answer.Predictions)
//         Console.WriteLine($"{found.Class} {found.Confidence:F2} {found.Box}");
//
// One object serves all threads.

#nullable enable

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Lineside
{
    /// <summary>From the top left, in pixels of the picture that was sent.</summary>
    public sealed record Box(double X, double Y, double Width, double Height);

    /// <summary>Rotated by Angle, in radians, around its centre.</summary>
    public sealed record RotatedBox(double Cx, double Cy, double Width, double Height, double Angle);

    /// <summary>x, y, x, y, … along the edges of pixels.</summary>
    public sealed record Polygon(double[] Outer, double[][] Holes);

    /// <summary>COCO's compressed form; Size is height and width.</summary>
    public sealed record Rle(int[] Size, string Counts);

    public sealed record Mask(long AreaPx, Polygon[]? Polygons, Rle? Rle);

    public sealed record SizeThreshold(string Name, Dictionary<string, string> Metadata);

    /// <summary>One classified picture, object or region. Unknown: its confidence is below its class's threshold.</summary>
    public sealed record Prediction(
        string Class, double Confidence, bool Unknown, Box? Box, RotatedBox? RotatedBox, Mask? Mask,
        SizeThreshold[]? SizeThresholds);

    /// <summary>What a reject gate needs: OK, WARN or NG, and the rule that said so.</summary>
    public sealed record Verdict(string Outcome, string? Rule);

    /// <summary>Id is null where the picture was not recorded; with an id it is on disk.</summary>
    public sealed record Sample(string? Id, string[]? Reasons, string[]? Limited);

    public sealed record PredictAnswer(
        string RequestId, string Inference, string RunId, Prediction[] Predictions, Verdict? Verdict,
        Dictionary<string, string> Metadata, Sample? Sample);

    /// <summary>Status: stopped, queued, preparing, healthy, failed or stopping.</summary>
    public sealed record Inference(string Slug, string Name, string Status, string? Reason, string Endpoint);

    /// <summary>What Lineside refused. Code stays the same between versions; the message is for people.</summary>
    public sealed class LinesideException : Exception
    {
        public LinesideException(int status, string code, string detail, TimeSpan? retryAfter)
            : base($"{code}: {detail}")
        {
            Status = status;
            Code = code;
            RetryAfter = retryAfter;
        }

        public int Status { get; }
        public string Code { get; }
        public TimeSpan? RetryAfter { get; }
        public bool IsBusy => Status == 429 || Status == 503;
    }

    /// <summary>A Lineside on this workstation, or on another one that asks for a key.</summary>
    public sealed class LineClient : IDisposable
    {
        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
        private readonly HttpClient http;
        private readonly TimeSpan patience;

        /// <param name="url">Such as http://127.0.0.1:8600.</param>
        /// <param name="key">An API key of Lineside's settings, where it asks for one.</param>
        /// <param name="patience">How long a request is sent again while the inference is busy or not ready.</param>
        public LineClient(string url, string? key = null, TimeSpan? patience = null)
        {
            http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
            if (key != null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            this.patience = patience ?? TimeSpan.FromSeconds(10);
        }

        /// <summary>Predicts on one picture, given as its file's bytes.</summary>
        /// <param name="metadata">Overrides that of the setup, in the sample and in the answer.</param>
        /// <param name="masks">Of segmentation models: polygon (the default), rle or none.</param>
        /// <param name="deadlineMs">How long the answer is of use.</param>
        /// <param name="requestId">Comes back in the answer and stands in the log.</param>
        public Task<PredictAnswer> PredictAsync(
            string inference, byte[] image, IReadOnlyDictionary<string, string>? metadata = null, string? masks = null,
            int? deadlineMs = null, string? requestId = null, CancellationToken cancellation = default)
        {
            var options = new[] { ("masks", masks), ("deadlineMs", deadlineMs?.ToString()) };
            var query = string.Join("&", options.Where(one => one.Item2 != null).Select(one => $"{one.Item1}={one.Item2}"));
            return Patiently<PredictAnswer>(() =>
            {
                var content = new ByteArrayContent(image);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                var request = new HttpRequestMessage(HttpMethod.Post, $"{PathOf(inference)}/predict?{query}") { Content = content };
                // The serializer writes ASCII only, as a header wants it.
                if (metadata != null) request.Headers.Add("Lineside-Metadata", JsonSerializer.Serialize(metadata));
                if (requestId != null) request.Headers.Add("X-Request-Id", requestId);
                return request;
            }, cancellation);
        }

        /// <summary>Status and reason of an inference.</summary>
        public Task<Inference> InferenceAsync(string inference, CancellationToken cancellation = default) =>
            Patiently<Inference>(() => new HttpRequestMessage(HttpMethod.Get, PathOf(inference)), cancellation);

        // These need a key with the scope "control".

        public Task<Inference> StartAsync(string inference, CancellationToken cancellation = default) =>
            Control(inference, "start", null, cancellation);

        public Task<Inference> StopAsync(string inference, CancellationToken cancellation = default) =>
            Control(inference, "stop", null, cancellation);

        /// <summary>The next picture is recorded as a sample, whatever the rules say.</summary>
        public Task<Inference> RecordNextAsync(string inference, CancellationToken cancellation = default) =>
            Control(inference, "record-next", null, cancellation);

        /// <summary>Puts another model of the project under it, without a gap.</summary>
        public Task<Inference> SwitchModelAsync(string inference, string modelId, CancellationToken cancellation = default) =>
            Control(inference, "model", new { model = modelId }, cancellation);

        public void Dispose() => http.Dispose();

        private Task<Inference> Control(string inference, string what, object? body, CancellationToken cancellation) =>
            Patiently<Inference>(() => new HttpRequestMessage(HttpMethod.Post, $"{PathOf(inference)}/{what}")
            {
                Content = body == null ? null : JsonContent.Create(body)
            }, cancellation);

        private async Task<T> Patiently<T>(Func<HttpRequestMessage> request, CancellationToken cancellation)
        {
            var end = DateTime.UtcNow + patience;
            while (true)
            {
                try
                {
                    return await Ask<T>(request(), cancellation);
                }
                catch (LinesideException refusal) when (refusal.IsBusy && DateTime.UtcNow + refusal.RetryAfter < end)
                {
                    await Task.Delay(refusal.RetryAfter.GetValueOrDefault(), cancellation);
                }
            }
        }

        private async Task<T> Ask<T>(HttpRequestMessage request, CancellationToken cancellation)
        {
            using (request)
            using (var response = await http.SendAsync(request, cancellation))
            {
                if (!response.IsSuccessStatusCode) throw await Refusal(response, cancellation);
                var answer = await response.Content.ReadFromJsonAsync<T>(Json, cancellation);
                return answer ?? throw new InvalidOperationException("Lineside answered nothing.");
            }
        }

        private static async Task<LinesideException> Refusal(HttpResponseMessage response, CancellationToken cancellation)
        {
            var (code, detail) = Words(await response.Content.ReadAsStringAsync(cancellation));
            return new LinesideException(
                (int)response.StatusCode, code ?? response.StatusCode.ToString(), detail ?? "no reason was given",
                response.Headers.RetryAfter?.Delta);
        }

        private static (string? Code, string? Detail) Words(string text)
        {
            try
            {
                using var problem = JsonDocument.Parse(text);
                return (TextOf(problem.RootElement, "code"), TextOf(problem.RootElement, "detail"));
            }
            catch (JsonException)
            {
                return (null, null);
            }
        }

        private static string? TextOf(JsonElement problem, string name) =>
            problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var value) ? value.ToString() : null;

        private static string PathOf(string inference) => $"/v1/inferences/{Uri.EscapeDataString(inference)}";
    }
}

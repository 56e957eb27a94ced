"""The packages that the parity tests are judged by, each asked for one picture (BGR) at a time.

Geometry is in px of the picture. Used by packages.py, which tells what must be installed.
"""

import sys
import tempfile
import types
from importlib.metadata import distribution
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from pycocotools import mask as coco


def rgb(picture):
    return np.ascontiguousarray(picture[..., ::-1])


def encoded(mask):
    rle = coco.encode(np.asfortranarray(np.asarray(mask).astype(np.uint8)))
    return {"areaPx": int(coco.area(rle)), "counts": rle["counts"].decode()}


def found(classes, scores, corners, **more):
    """One entry for each detection; `more`: what each has besides."""
    parts = zip(classes, np.asarray(scores).tolist(), np.asarray(corners).tolist(), strict=True)
    return [
        {"class": name, "confidence": round(score, 6), "corners": [round(value, 3) for value in box], **{key: values[at] for key, values in more.items()}}
        for at, (name, score, box) in enumerate(parts)
    ]  # fmt: skip


class Ultralytics:
    """`yolo predict` with an ONNX file. Older releases lie in a folder of their own and run in a process of their own."""

    def __init__(self, path, task, **settings):
        import ultralytics

        self.version = {"ultralytics": ultralytics.__version__}
        kind = ultralytics.RTDETR if task == "rt-detr" else ultralytics.YOLO
        self.model = kind(str(path)) if task == "rt-detr" else kind(str(path), task=task)
        self.settings = {"verbose": False, "device": "cpu", **settings}

    def __call__(self, picture):
        (result,) = self.model.predict(picture, **self.settings)
        names = result.names
        if result.probs is not None:
            return {"probabilities": {names[at]: float(value) for at, value in enumerate(result.probs.data)}}
        if getattr(result, "semantic_mask", None) is not None:
            return {"map": np.asarray(result.semantic_mask.data).squeeze()}
        rows = result.boxes if result.obb is None else result.obb
        classes = [names[int(kind)] for kind in rows.cls]
        if result.obb is not None:
            polygons = rows.xyxyxyxy.reshape(-1, 4, 2).numpy().astype(np.float64)
            corners = [[round(value, 3) for value in polygon.ravel().tolist()] for polygon in polygons]
            inside = polygons.clip(0, picture.shape[1::-1])
            boxes = np.concatenate([inside.min(1), inside.max(1)], 1)
            return {"detections": found(classes, rows.conf, boxes, polygon=corners)}
        if result.masks is None:
            return {"detections": found(classes, rows.conf, clipped(rows.xyxy, picture))}
        masks = [encoded(mask) for mask in result.masks.data]
        return {"detections": found(classes, rows.conf, rows.xyxy, mask=masks)}


class Session:
    def __init__(self, path):
        import onnxruntime

        self.session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        self.names = [output.name for output in self.session.get_outputs()]
        self.first = self.session.get_inputs()[0]

    def __call__(self, tensor, **more):
        values = self.session.run(None, {self.first.name: np.asarray(tensor), **more})
        return dict(zip(self.names, values))


class Transformers:
    """The official RT-DETR: pictures and boxes as transformers' image processor has them, the network's core by ONNX Runtime."""

    def __init__(self, path, names, threshold):
        import onnx
        import transformers

        with tempfile.TemporaryDirectory() as folder:
            core = Path(folder) / "core.onnx"
            onnx.utils.extract_model(str(path), str(core), ["images"], ["logits", "boxes_found"])
            self.core = Session(core)
        self.version = {"transformers": transformers.__version__, "Pillow": Image.__version__}
        self.processor = transformers.RTDetrImageProcessor(size={"height": 320, "width": 320}, do_normalize=False)
        self.names, self.threshold = names, threshold

    def __call__(self, picture):
        prepared = self.processor(Image.fromarray(rgb(picture)), return_tensors="np")["pixel_values"].astype(np.float32)
        outputs = self.core(prepared)
        answer = types.SimpleNamespace(logits=torch.tensor(outputs["logits"]), pred_boxes=torch.tensor(outputs["boxes_found"]))
        sizes = torch.tensor([picture.shape[:2]])
        # The export's decoder keeps its hundred best; the processor keeps as many as there are queries.
        (result,) = self.processor.post_process_object_detection(answer, threshold=self.threshold, target_sizes=sizes)
        order = result["scores"].argsort(descending=True)[:100]
        classes = [self.names[int(kind)] for kind in result["labels"][order]]
        return {"detections": found(classes, result["scores"][order], clipped(result["boxes"][order], picture))}


class Deployed:
    """The official RT-DETR as its repository runs exported files: Pillow's resize, the picture's own size as second input."""

    def __init__(self, path, names, threshold):
        import torchvision
        import torchvision.transforms as T

        self.version = {"torchvision": torchvision.__version__, "Pillow": Image.__version__}
        self.session, self.names, self.threshold = Session(path), names, threshold
        self.transform = T.Compose([T.Resize((320, 320)), T.ToTensor()])

    def __call__(self, picture):
        image = Image.fromarray(rgb(picture))
        outputs = self.session(self.transform(image)[None].numpy(), orig_target_sizes=np.int64([image.size]))
        chosen = outputs["scores"][0] > self.threshold
        classes = [self.names[kind] for kind in outputs["labels"][0][chosen]]
        return {"detections": found(classes, outputs["scores"][0][chosen], clipped(outputs["boxes"][0][chosen], picture))}


def clipped(boxes, picture):
    height, width = picture.shape[:2]
    return np.asarray(boxes).reshape(-1, 4).clip(0, [width, height, width, height])


class RfDetr:
    """RF-DETR's preparation of pictures for exported files and its PostProcess; the package's training parts stay unloaded."""

    def __init__(self, path, names, threshold, most, masks):
        root = Path(distribution("rfdetr").locate_file("rfdetr"))
        for name in ("rfdetr", "rfdetr.models", "rfdetr.export", "rfdetr.export._runtime"):
            module = sys.modules[name] = types.ModuleType(name)
            module.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
        from rfdetr.export._runtime.preprocess import preprocess_to_nchw
        from rfdetr.models.postprocess import PostProcess

        self.version = {"rfdetr": distribution("rfdetr").version}
        self.prepare, self.finish = preprocess_to_nchw, PostProcess(num_select=100)
        self.session, self.names, self.threshold, self.most, self.masks = Session(path), names, threshold, most, masks

    def __call__(self, picture):
        outputs = self.session(self.prepare(Image.fromarray(rgb(picture)), 320, 320))
        raw = {"pred_logits": outputs["labels"][..., : len(self.names)], "pred_boxes": outputs["dets"]}
        if self.masks:
            raw["pred_masks"] = outputs["masks"]
        sizes = torch.tensor([picture.shape[:2]])
        raw = {key: torch.tensor(value) for key, value in raw.items()}
        (result,) = self.finish(raw, sizes, score_threshold=self.threshold if self.masks else None)
        chosen = (result["scores"] > self.threshold).nonzero().flatten()[: self.most]
        classes = [self.names[int(kind)] for kind in result["labels"][chosen]]
        more = {"mask": [encoded(mask[0]) for mask in result["masks"][chosen]]} if self.masks else {}
        return {"detections": found(classes, result["scores"][chosen], result["boxes"][chosen], **more)}


class Interpolated:
    """Semantic logits enlarged to the picture by torch. `last`: channels come last."""

    def __init__(self, path, size, mean, std, aligned, last=False):
        self.version = {"torch": torch.__version__, "cv2": cv2.__version__}
        self.session, self.size, self.aligned, self.last = Session(path), size, aligned, last
        self.mean, self.std = np.float32(mean), np.float32(std)

    def __call__(self, picture):
        resized = picture if picture.shape[1::-1] == self.size else cv2.resize(picture, self.size, interpolation=cv2.INTER_LINEAR)
        tensor = ((rgb(resized).astype(np.float32) / 255 - self.mean) / self.std)[None]
        (logits,) = self.session(tensor if self.last else tensor.transpose(0, 3, 1, 2)).values()
        logits = torch.tensor(logits.transpose(0, 3, 1, 2) if self.last else logits)
        full = F.interpolate(logits, size=picture.shape[:2], mode="bilinear", align_corners=self.aligned)
        return {"map": full.argmax(1)[0].numpy()}


class Stretched:
    """A classifier of BGR pictures, 0 to 255."""

    def __init__(self, path, names, side):
        self.version = {"cv2": cv2.__version__, "numpy": np.__version__}
        self.session, self.names, self.side = Session(path), names, side
        self.type = np.float16 if "float16" in self.session.first.type else np.float32

    def __call__(self, picture):
        resized = cv2.resize(picture, (self.side, self.side), interpolation=cv2.INTER_LINEAR)
        (row,) = self.session(resized.transpose(2, 0, 1)[None].astype(self.type)).values()
        return {"probabilities": dict(zip(self.names, row.ravel().astype(float).tolist(), strict=True))}

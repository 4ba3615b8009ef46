#!/usr/bin/env python3
"""Turns a PyTorch checkpoint (.pth, .pt, .bin) into a safetensors file for `dflab models import`.

    python3 Checkpoints/safetensors_from_pth.py weights.pth weights.safetensors

Needs Python 3.8 alone. A pickle can run any code when it is read; this one is read with the few
names that tensors need, and refused if it asks for others.
"""
import collections
import io
import json
import pickle
import struct
import sys
import zipfile

# Of a storage: its type in safetensors, and bytes of a value.
TYPES = {
    "FloatStorage": ("F32", 4), "DoubleStorage": ("F64", 8), "HalfStorage": ("F16", 2),
    "BFloat16Storage": ("BF16", 2), "LongStorage": ("I64", 8), "IntStorage": ("I32", 4),
    "ShortStorage": ("I16", 2), "CharStorage": ("I8", 1), "ByteStorage": ("U8", 1),
    "BoolStorage": ("BOOL", 1),
}

Storage = collections.namedtuple("Storage", "key type")
Tensor = collections.namedtuple("Tensor", "storage offset shape strides")


def rebuilt(storage, offset, shape, strides, *_):
    return Tensor(storage, offset, shape, strides)


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return rebuilt
        if (module, name) == ("torch._utils", "_rebuild_parameter"):
            return lambda tensor, *_: tensor
        if module == "torch" and name in TYPES:
            return name
        raise SystemExit(f"It holds more than tensors: {module}.{name}. Save model.state_dict().")

    def persistent_load(self, identifier):
        return Storage(str(identifier[2]), identifier[1])


def read_archive(file):
    """PyTorch 1.6 and later: a ZIP archive of the pickle and one file for each storage."""
    archive = zipfile.ZipFile(file)
    pickled = next(name for name in archive.namelist() if name.endswith("data.pkl"))
    content = Unpickler(io.BytesIO(archive.read(pickled))).load()
    folder = pickled[:-len("data.pkl")]
    return content, lambda storage: archive.read(f"{folder}data/{storage.key}")


def read_stream(file):
    """Before: pickles of a magic number, the version, the machine, the content and the storages' keys."""
    for _ in range(3):
        Unpickler(file).load()
    content = Unpickler(file).load()
    types = {s.key: s.type for s in storages(content)}
    data = {}
    for key in Unpickler(file).load():
        count = struct.unpack("<q", file.read(8))[0]
        data[key] = file.read(count * TYPES[types[key]][1])
    return content, lambda storage: data[storage.key]


def storages(value):
    if isinstance(value, Tensor):
        yield value.storage
    elif isinstance(value, dict):
        for item in value.values():
            yield from storages(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from storages(item)


def weights(content):
    """The tensors of a state dict, which may lie in another beside other things, under their names."""
    for key in ("state_dict_ema", "state_dict", "model_state_dict", "model"):
        if isinstance(content, dict) and isinstance(content.get(key), dict):
            content = content[key]
    found = {name: v for name, v in content.items() if isinstance(v, Tensor)}
    if found and all(name.startswith("module.") for name in found):
        found = {name[len("module."):]: v for name, v in found.items()}
    return found


def values(tensor, data):
    """The bytes of a tensor, row by row."""
    size = TYPES[tensor.storage.type][1]
    count, strides = 1, []
    for length in reversed(tensor.shape):
        strides.insert(0, count)
        count *= length
    if tuple(strides) == tuple(tensor.strides) or count < 2:
        return data[tensor.offset * size:(tensor.offset + count) * size]
    places = [tensor.offset]
    for length, stride in zip(tensor.shape, tensor.strides):
        places = [place + index * stride for place in places for index in range(length)]
    return b"".join(data[place * size:(place + 1) * size] for place in places)


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    with open(sys.argv[1], "rb") as file:
        read = read_archive if zipfile.is_zipfile(file) else read_stream
        file.seek(0)
        content, data = read(file)
        header, parts, end = {}, [], 0
        for name, tensor in weights(content).items():
            parts.append(values(tensor, data(tensor.storage)))
            header[name] = {
                "dtype": TYPES[tensor.storage.type][0], "shape": list(tensor.shape),
                "data_offsets": [end, end + len(parts[-1])]}
            end += len(parts[-1])
    if not header:
        raise SystemExit(f"'{sys.argv[1]}' holds no tensors by name. Save model.state_dict().")
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(sys.argv[2], "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))
    print(f"{len(header)} tensors in '{sys.argv[2]}'")


if __name__ == "__main__":
    main()

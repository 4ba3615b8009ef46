"""Write the pictures beside this script, and expected.json with what a reader must find in them.

    python -m venv venv && venv/bin/pip install pillow numpy opencv-python-headless
    venv/bin/python Tests/MediaTests/Pictures/make.py

All pictures are synthetic patterns. Formats that PIL does not write (16 bits, interlaced) are assembled
by hand; expected values of JPEGs come from PIL's reader.
"""

import io
import json
import os
import struct
import zlib

import cv2
import numpy as np
from PIL import Image, ImageOps

here = os.path.dirname(os.path.abspath(__file__))
expected = {}


def write(name, data):
    with open(os.path.join(here, name), "wb") as file:
        file.write(data)


def expect(name, pixels):
    pixels = np.asarray(pixels)
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3, name
    expected[name] = {
        "width": pixels.shape[1], "height": pixels.shape[0], "pixels": pixels.flatten().tolist()}


def pattern(width, height):
    """Return the pattern of MediaTests/Pattern.swift: the same formula, the same bytes."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return ((x * x * 3 + y * 7 * (c + 1) + x * y * (c + 2)) % 256).astype(np.uint8)


def smooth(width, height):
    """Return a smooth picture, which survives JPEG."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack(
        [40 + 10 * x, 200 - 9 * y, 60 + 4 * x + 5 * y], axis=-1).clip(0, 255).astype(np.uint8)


# PNG, by hand ------------------------------------------------------------------------------

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", zlib.crc32(kind + data))


def png(rows, width, height, depth, color, extra=b"", interlaced=False):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def rows(samples, depth):
    """Return unfiltered rows of `[height, width, channels]` samples."""
    result = b""
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            result += b"\0" + row.astype(">u2").tobytes()
        elif depth == 8:
            result += b"\0" + row.astype(np.uint8).tobytes()
        else:
            bits = "".join(format(int(value), f"0{depth}b") for value in row)
            bits += "0" * (-len(bits) % 8)
            result += b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
    return result


def interlaced(samples, depth):
    """Return Adam7's seven passes, from coarse to fine."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
              (0, 1, 1, 2)]
    return b"".join(rows(samples[y::dy, x::dx], depth) for x, y, dx, dy in passes
                    if samples[y::dy, x::dx].size)


width, height = 11, 7
rgb = pattern(width, height)
gray = rgb[..., 1:2]
alpha = pattern(width, height)[..., 2:3]
rng = np.random.default_rng(1)
deep = rng.integers(0, 65536, (height, width, 3))


def repeated(values):
    return np.repeat(values, 3, axis=2).astype(np.uint8)


def on_black(color, alpha):
    return np.rint(color.astype(float) * alpha / 255).astype(np.uint8)


write("rgb.png", png(rows(rgb, 8), width, height, 8, RGB))
expect("rgb.png", rgb)
write("interlaced.png", png(interlaced(rgb, 8), width, height, 8, RGB, interlaced=True))
expect("interlaced.png", rgb)
write("gray.png", png(rows(gray, 8), width, height, 8, GREY))
expect("gray.png", repeated(gray))
bits = gray // 128
write("gray1.png", png(rows(bits, 1), width, height, 1, GREY))
expect("gray1.png", repeated(bits * 255))
write("gray16.png", png(rows(deep[..., :1], 16), width, height, 16, GREY))
expect("gray16.png", repeated(np.rint(deep[..., :1] / 257)))
write("rgb16.png", png(rows(deep, 16), width, height, 16, RGB))
expect("rgb16.png", np.rint(deep / 257).astype(np.uint8))
write("grayalpha.png",
      png(rows(np.concatenate([gray, alpha], 2), 8), width, height, 8, GREY_ALPHA))
expect("grayalpha.png", repeated(on_black(gray, alpha)))
write("rgba.png", png(rows(np.concatenate([rgb, alpha], 2), 8), width, height, 8, RGBA))
expect("rgba.png", on_black(rgb, alpha))
write("rgba-interlaced.png", png(
    interlaced(np.concatenate([rgb, alpha], 2), 8), width, height, 8, RGBA, interlaced=True))
expect("rgba-interlaced.png", on_black(rgb, alpha))
colors = np.array([[250, 10, 20], [0, 200, 30], [40, 50, 255], [255, 255, 0]], np.uint8)
index = (gray // 64).astype(int)
table = chunk(b"PLTE", colors.tobytes())
write("palette.png", png(rows(index, 2), width, height, 2, PALETTE, table))
expect("palette.png", colors[index[..., 0]])
clear = chunk(b"tRNS", bytes([255, 0]))
write("palette-clear.png", png(rows(index, 8), width, height, 8, PALETTE, table + clear))
expect("palette-clear.png", np.where(index == 1, 0, colors[index[..., 0]]).astype(np.uint8))
gamma = chunk(b"gAMA", struct.pack(">I", 100000))
write("gamma.png", png(rows(rgb, 8), width, height, 8, RGB, gamma))
expect("gamma.png", rgb)
tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0)
write("turned.png", png(rows(rgb, 8), width, height, 8, RGB, chunk(b"eXIf", tiff)))
expect("turned.png", np.rot90(rgb, -1))
write("1x1.png", png(b"\0\x01\x02\x03", 1, 1, 8, RGB))
expect("1x1.png", np.array([[[1, 2, 3]]], np.uint8))

# JPEG --------------------------------------------------------------------------------------

photo = smooth(19, 13)


def jpeg(image, **options):
    stream = io.BytesIO()
    image.save(stream, "JPEG", **{"quality": 92, **options})
    return stream.getvalue()


def expect_as_pil(name, data):
    write(name, data)
    expect(name, ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))


plain = jpeg(Image.fromarray(photo))
expect_as_pil("ycbcr.jpg", plain)
expect_as_pil("progressive.jpg", jpeg(Image.fromarray(photo), progressive=True))
expect_as_pil("full-chroma.jpg", jpeg(Image.fromarray(photo), subsampling=0))
expect_as_pil("gray.jpg", jpeg(Image.fromarray(photo[..., 0])))
expect_as_pil("1x1.jpg", jpeg(Image.fromarray(photo[:1, :1])))

inks = Image.fromarray(np.concatenate([photo, photo[..., 1:2] // 3], axis=2), "CMYK")
adobe = jpeg(inks)
start = adobe.index(b"\xff\xee")
end = start + 2 + struct.unpack(">H", adobe[start + 2:start + 4])[0]
stored = np.asarray(Image.open(io.BytesIO(adobe))).astype(float)  # PIL has inverted it


def light(inks):
    return np.rint((255 - inks[..., :3]) * (255 - inks[..., 3:]) / 255).astype(np.uint8)


write("cmyk-adobe.jpg", adobe)
expect("cmyk-adobe.jpg", light(stored))
# Without Adobe's marker, the same numbers are plain inks; PIL inverts them regardless.
write("cmyk-plain.jpg", adobe[:start] + adobe[end:])
expect("cmyk-plain.jpg", light(255 - stored))
ycck = adobe[:end - 1] + b"\x02" + adobe[end:]
write("ycck.jpg", ycck)
expect("ycck.jpg", light(np.asarray(Image.open(io.BytesIO(ycck))).astype(float)))

for orientation in range(1, 9):
    order, mark = ("<", b"II*\0") if orientation % 2 else (">", b"MM\0*")
    tiff = mark + struct.pack(order + "IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    exif = b"Exif\0\0" + tiff
    expect_as_pil(f"orientation{orientation}.jpg", jpeg(Image.fromarray(photo), exif=exif))

# Files that must be refused ----------------------------------------------------------------

write("text.jpg", b"This is a letter, not a picture.\n")
write("empty.png", b"")
whole = png(rows(rgb, 8), width, height, 8, RGB)
write("truncated.png", whole[:len(whole) // 2])
write("no-end.png", whole[:-12])
write("truncated.jpg", plain[:len(plain) - 40])
write("header-only.jpg", plain[:60])
write("huge.png", png(b"", 100_000, 100_000, 8, RGB))
write("hundred-megapixels.png", png(b"", 10_000, 10_000, 8, RGB))
write("too-wide.png", png(b"", 65_501, 1, 8, GREY))
frame = plain.index(b"\xff\xc0")
write("huge.jpg", plain[:frame + 5] + struct.pack(">HH", 65_500, 65_500) + plain[frame + 9:])
write("bad-checksum.png", whole[:-13] + bytes([whole[-13] ^ 1]) + whole[-12:])
write("gif.jpg", b"GIF89a\x01\0\x01\0\0\0\0;")

# Resizing ----------------------------------------------------------------------------------

source = pattern(160, 120)
small = pattern(40, 30)


def golden(name, pixels):
    Image.fromarray(pixels).save(os.path.join(here, name), optimize=True)


golden("area-64x48.png", cv2.resize(source, (64, 48), interpolation=cv2.INTER_AREA))
golden("area-80x60.png", cv2.resize(source, (80, 60), interpolation=cv2.INTER_AREA))
golden("area-37x101.png", cv2.resize(source, (37, 101), interpolation=cv2.INTER_AREA))
golden("bilinear-64x48.png", cv2.resize(source, (64, 48), interpolation=cv2.INTER_LINEAR))
golden("bilinear-53x44.png", cv2.resize(small, (53, 44), interpolation=cv2.INTER_LINEAR))


def lanczos(pixels, size):
    """Resize with PIL in floating point: with 8 bits it would clip between its two passes."""
    channels = [Image.fromarray(pixels[..., c].astype(np.float32)).resize(
        size, Image.Resampling.LANCZOS) for c in range(3)]
    return np.rint(np.stack(channels, axis=-1)).clip(0, 255).astype(np.uint8)


golden("lanczos-64x48.png", lanczos(source, (64, 48)))
golden("lanczos-53x44.png", lanczos(small, (53, 44)))

with open(os.path.join(here, "expected.json"), "w") as file:
    json.dump(expected, file, separators=(",", ":"))
    file.write("\n")

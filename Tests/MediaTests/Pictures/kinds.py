"""Write the pictures of other formats than JPEG and PNG beside this script, and kinds.json with what
a reader must find in them.

    apt-get install libheif-examples imagemagick liblcms2-2
    python3 -m venv venv && venv/bin/pip install pillow pillow-heif numpy tifffile imagecodecs
    venv/bin/python Tests/MediaTests/Pictures/kinds.py

All pictures are synthetic patterns. Pillow (libwebp, OpenJPEG, libtiff), tifffile, ImageMagick and
libheif (heif-enc, pillow-heif) write them; Pillow's reading, or the pattern itself, is the expectation.
"""

import ctypes
import ctypes.util
import io
import json
import os
import struct
import subprocess
import tempfile

import imagecodecs
import numpy as np
import pillow_heif
import tifffile
from PIL import Image, ImageCms, ImageOps

pillow_heif.register_heif_opener()
here = os.path.dirname(os.path.abspath(__file__))
expected = {}


def write(name, data):
    with open(os.path.join(here, name), "wb") as file:
        file.write(data)


def expect(name, pixels, tolerance=0):
    pixels = np.asarray(pixels)
    assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3, name
    expected[name] = {
        "width": pixels.shape[1], "height": pixels.shape[0], "tolerance": tolerance,
        "pixels": pixels.flatten().tolist()}


def smooth(width, height):
    """Return a smooth picture, which survives lossy compression, and tells all turns apart."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack(
        [40 + 10 * x, 200 - 9 * y, 60 + 4 * x + 5 * y], axis=-1).clip(0, 255).astype(np.uint8)


def on_black(color, alpha):
    return np.rint(color.astype(float) * alpha / 255).astype(np.uint8)


def saved(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def program(suffixes, data, *command):
    """Return the output file of a command in whose words IN and OUT stand for its files."""
    with tempfile.TemporaryDirectory() as folder:
        files = {"IN": f"{folder}/in{suffixes[0]}", "OUT": f"{folder}/out{suffixes[1]}"}
        with open(files["IN"], "wb") as file:
            file.write(data)
        words = [word.replace("IN", files["IN"]).replace("OUT", files["OUT"]) for word in command]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        with open(files["OUT"], "rb") as file:
            return file.read()


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def wide_profile():
    """Return an ICC profile of Display P3's primaries with gamma 2.2, made by lcms2."""
    class Color(ctypes.Structure):
        _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double), ("Y", ctypes.c_double)]

    class Triple(ctypes.Structure):
        _fields_ = [("red", Color), ("green", Color), ("blue", Color)]

    lcms = ctypes.CDLL(ctypes.util.find_library("lcms2") or "liblcms2.so.2")
    lcms.cmsBuildGamma.restype = lcms.cmsCreateRGBProfile.restype = ctypes.c_void_p
    lcms.cmsBuildGamma.argtypes = [ctypes.c_void_p, ctypes.c_double]
    lcms.cmsCreateRGBProfile.argtypes = [
        ctypes.POINTER(Color), ctypes.POINTER(Triple), ctypes.POINTER(ctypes.c_void_p)]
    lcms.cmsSaveProfileToMem.argtypes = [
        ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32)]
    curve = lcms.cmsBuildGamma(None, 2.2)
    profile = lcms.cmsCreateRGBProfile(
        ctypes.byref(Color(0.3127, 0.3290, 1)),
        ctypes.byref(Triple(Color(0.680, 0.320, 1), Color(0.265, 0.690, 1),
                            Color(0.150, 0.060, 1))),
        (ctypes.c_void_p * 3)(curve, curve, curve))
    size = ctypes.c_uint32()
    lcms.cmsSaveProfileToMem(profile, None, ctypes.byref(size))
    data = ctypes.create_string_buffer(size.value)
    lcms.cmsSaveProfileToMem(profile, data, ctypes.byref(size))
    # The time of creation, bytes 24 to 35, would make each run differ.
    return data.raw[:24] + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + data.raw[36:]


photo = smooth(19, 13)
picture = Image.fromarray(photo)
alpha = (np.mgrid[0:13, 0:19][1] * 14).astype(np.uint8)[..., None]
clear = Image.fromarray(np.concatenate([photo, alpha], 2), "RGBA")
palette = picture.quantize(16, dither=Image.Dither.NONE)
indexed = np.asarray(palette.convert("RGB"))
gray = Image.fromarray(photo[..., 0])
grays = np.repeat(photo[..., :1], 3, axis=2)
deep = np.stack([photo[..., c].astype(np.uint16) * 257 for c in range(3)], axis=-1)
profile = wide_profile()

# WebP --------------------------------------------------------------------------------------

write("lossless.webp", saved(picture, "WEBP", lossless=True))
expect("lossless.webp", photo)
lossy = saved(picture, "WEBP", quality=95)
write("lossy.webp", lossy)
# libwebp interpolates chroma in its own way.
expect("lossy.webp", Image.open(io.BytesIO(lossy)).convert("RGB"), 12)
write("clear.webp", saved(clear, "WEBP", lossless=True, exact=True))
expect("clear.webp", on_black(photo, alpha))
write("clear-lossy.webp", saved(clear, "WEBP", quality=95, alpha_quality=100, exact=True))
expect("clear-lossy.webp", on_black(photo, alpha), 12)
frames = [picture, Image.fromarray(255 - photo)]
write("animated.webp", saved(
    frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True, duration=100))
expect("animated.webp", photo)
for orientation in range(1, 9):
    name = f"orientation{orientation}.webp"
    write(name, saved(picture, "WEBP", lossless=True, exif=exif(orientation)))
    expect(name, ImageOps.exif_transpose(Image.open(os.path.join(here, name))).convert("RGB"))

# BMP ---------------------------------------------------------------------------------------

write("rgb.bmp", saved(picture, "BMP"))
expect("rgb.bmp", photo)
write("palette.bmp", saved(palette, "BMP"))
expect("palette.bmp", indexed)
write("bits.bmp", saved(gray.point(lambda value: 255 * (value > 127)).convert("1"), "BMP"))
expect("bits.bmp", ((grays > 127) * 255).astype(np.uint8))
write("runs.bmp", program(
    (".png", ".bmp"), saved(palette, "PNG"), "convert", "IN", "-compress", "RLE", "OUT"))
expect("runs.bmp", indexed)
write("clear.bmp", program(
    (".png", ".bmp"), saved(clear, "PNG"), "convert", "IN", "OUT"))
expect("clear.bmp", on_black(photo, alpha))

# TIFF --------------------------------------------------------------------------------------

for compression in ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"]:
    name = f"{compression.removeprefix('tiff_')}.tiff"
    write(name, saved(picture, "TIFF", compression=compression))
    expect(name, photo)
write("gray.tiff", saved(gray, "TIFF"))
expect("gray.tiff", grays)
write("palette.tiff", saved(palette, "TIFF"))
expect("palette.tiff", indexed)
write("clear.tiff", saved(clear, "TIFF"))
expect("clear.tiff", on_black(photo, alpha))


def deep_tiff(values, **options):
    stream = io.BytesIO()
    tifffile.imwrite(stream, values, **options)
    return stream.getvalue()


write("rgb16.tiff", deep_tiff(deep, photometric="rgb"))
expect("rgb16.tiff", photo, 1)
write("rgb16-big-endian.tiff", deep_tiff(deep, photometric="rgb", byteorder=">"))
expect("rgb16-big-endian.tiff", photo, 1)
write("gray16.tiff", deep_tiff(deep[..., 0], photometric="minisblack"))
expect("gray16.tiff", grays, 1)
write("pages.tiff", saved(picture, "TIFF", save_all=True, append_images=[gray]))
expect("pages.tiff", photo)
for orientation in range(1, 9):
    name = f"orientation{orientation}.tiff"
    write(name, saved(picture, "TIFF", tiffinfo={274: orientation}))
    expect(name, ImageOps.exif_transpose(Image.open(os.path.join(here, name))).convert("RGB"))

# GIF ---------------------------------------------------------------------------------------

write("palette.gif", saved(palette, "GIF", interlace=0))
expect("palette.gif", indexed)
write("interlaced.gif", saved(palette, "GIF", interlace=1))
expect("interlaced.gif", indexed)
write("clear.gif", saved(palette, "GIF", transparency=3))
expect("clear.gif", np.where(np.asarray(palette)[..., None] == 3, 0, indexed).astype(np.uint8))
write("animated.gif", saved(
    palette, "GIF", save_all=True, append_images=[Image.fromarray(255 - photo).quantize(16)],
    duration=100))
expect("animated.gif", indexed)

# JPEG 2000 ---------------------------------------------------------------------------------

write("rgb.jp2", saved(picture, "JPEG2000", irreversible=False))
expect("rgb.jp2", photo)
write("rgb.j2k", saved(picture, "JPEG2000", no_jp2=True))
expect("rgb.j2k", photo)
lossy = saved(picture, "JPEG2000", irreversible=True, quality_layers=[45],
              quality_mode="dB")
write("lossy.jp2", lossy)
expect("lossy.jp2", Image.open(io.BytesIO(lossy)).convert("RGB"), 3)
write("gray.jp2", saved(gray, "JPEG2000"))
expect("gray.jp2", grays)
write("clear.jp2", saved(clear, "JPEG2000"))
expect("clear.jp2", on_black(photo, alpha))
deep_gray = Image.fromarray(deep[..., 0])
write("gray16.jp2", saved(deep_gray, "JPEG2000"))
expect("gray16.jp2", grays, 1)

# HEIF and AVIF -----------------------------------------------------------------------------

plain = saved(picture, "PNG")


def heif(ending, data, *options, suffix=".png"):
    return program((suffix, ending), data, "heif-enc", "IN", "-o", "OUT", *options)


def encoded(name, data, *options):
    write(name, heif("." + name.split(".")[-1], data, *options))


for ending in ["heic", "avif"]:
    encoded(f"lossy.{ending}", plain, "-q", "95", "-p", "chroma=444")
    expect(f"lossy.{ending}", photo, 8)
    encoded(f"subsampled.{ending}", plain, "-q", "95")
    expect(f"subsampled.{ending}", photo, 24)
    encoded(f"clear.{ending}", saved(clear, "PNG"), "-q", "95", "-p", "chroma=444")
    expect(f"clear.{ending}", on_black(photo, alpha), 10)
    encoded(f"gray.{ending}", saved(gray, "PNG"), "-q", "95")
    expect(f"gray.{ending}", grays, 8)
    for orientation in range(1, 9):
        # Pillow's writers turn EXIF's orientation into HEIF's rotation and mirroring.
        name = f"orientation{orientation}.{ending}"
        options = {"subsampling": "4:4:4"} if ending == "avif" else {"chroma": 444}
        write(name, saved(picture, "AVIF" if ending == "avif" else "HEIF", quality=95,
                          exif=exif(orientation), **options))
        turned = picture.copy()
        turned.getexif()[0x0112] = orientation
        expect(name, ImageOps.exif_transpose(turned), 12)
sixteen = program((".png", ".png"), plain, "convert", "IN", "-depth", "16", "PNG48:OUT")
encoded("ten-bits.heic", sixteen, "-q", "95", "-b", "10", "-p", "chroma=444")
expect("ten-bits.heic", photo, 8)
write("ten-bits.avif", imagecodecs.avif_encode(
    (deep >> 6).astype(np.uint16), level=95, bitspersample=10, pixelformat="yuv444"))
expect("ten-bits.avif", photo, 8)

# Color profiles ----------------------------------------------------------------------------

wide = ImageCms.profileToProfile(
    picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"))
assert np.abs(np.asarray(wide).astype(int) - photo).max() > 20
plain_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
for icc, name, pixels in [(profile, "wide", wide), (plain_profile, "srgb", photo)]:
    write(f"{name}.png", saved(picture, "PNG", icc_profile=icc))
    expect(f"{name}.png", pixels, 1 if name == "wide" else 0)
    write(f"{name}.jpg", saved(picture, "JPEG", quality=100, subsampling=0, icc_profile=icc))
    expect(f"{name}.jpg", pixels, 6)
    write(f"{name}.webp", saved(picture, "WEBP", lossless=True, icc_profile=icc))
    expect(f"{name}.webp", pixels, 1 if name == "wide" else 0)
    write(f"{name}.tiff", saved(picture, "TIFF", icc_profile=icc))
    expect(f"{name}.tiff", pixels, 1 if name == "wide" else 0)
    for ending in ["heic", "avif"]:
        encoded(f"{name}.{ending}", saved(picture, "PNG", icc_profile=icc), "-q", "95",
                "-p", "chroma=444")
        expect(f"{name}.{ending}", pixels, 12)

# Files that must be refused ----------------------------------------------------------------

with open(os.path.join(here, "rgb.bmp"), "rb") as file:
    bmp = file.read()
write("huge.bmp", bmp[:18] + struct.pack("<ii", 10_000, 10_000) + bmp[26:])
write("inks.tiff", saved(picture.convert("CMYK"), "TIFF"))

with open(os.path.join(here, "kinds.json"), "w") as file:
    json.dump(expected, file, separators=(",", ":"))
    file.write("\n")

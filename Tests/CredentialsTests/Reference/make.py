"""Signs small pictures and a clip with c2pa-python, the reference implementation, under certificates made here.

python3 -m venv venv && venv/bin/pip install c2pa-python==0.38.1 pillow==13.0.0
(cd Tests/CredentialsTests/Reference && ../../../venv/bin/python make.py)    # needs ffmpeg
"""
import datetime
import io
import json
import subprocess

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image

SETTINGS = c2pa.Context(c2pa.Settings.from_dict({"builder": {"thumbnail": {"enabled": False}}}))
START = datetime.datetime(2025, 1, 1)
END = datetime.datetime(2124, 12, 31)


def named(name):
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example Organization"),
        x509.NameAttribute(NameOID.COMMON_NAME, name)])


def usage(**kinds):
    names = ("digital_signature content_commitment key_encipherment data_encipherment key_agreement "
             "key_cert_sign crl_sign encipher_only decipher_only").split()
    return x509.KeyUsage(**{name: kinds.get(name, False) for name in names})


def certified(key, name, issuer, issuer_key, is_authority=False, purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION,
              end=END):
    builder = (x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer))
               .public_key(key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(START).not_valid_after(end)
               .add_extension(x509.BasicConstraints(is_authority, None), True)
               .add_extension(usage(key_cert_sign=True) if is_authority else usage(digital_signature=True), True)
               .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
               .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False))
    if not is_authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), False)
    is_edwards = isinstance(issuer_key, ed25519.Ed25519PrivateKey)
    return builder.sign(issuer_key, None if is_edwards else hashes.SHA256())


def pem(*certificates):
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


def private(key):
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                             serialization.NoEncryption())


root_key = ec.generate_private_key(ec.SECP256R1())
root = certified(root_key, "Example Root", "Example Root", root_key, is_authority=True)
middle_key = ec.generate_private_key(ec.SECP384R1())
middle = certified(middle_key, "Example Issuer", "Example Root", root_key, is_authority=True)
keys = {
    "es256": ec.generate_private_key(ec.SECP256R1()), "es384": ec.generate_private_key(ec.SECP384R1()),
    "es512": ec.generate_private_key(ec.SECP521R1()), "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "ps256": rsa.generate_private_key(65537, 2048)}
chains = {}
for name, key in keys.items():
    chains[name] = pem(certified(key, f"Signer {name}", "Example Issuer", middle_key), middle)
open("root.pem", "wb").write(pem(root))
for name in ("es256", "ed25519"):
    open(f"{name}.pem", "wb").write(chains[name])
    open(f"{name}.key", "wb").write(private(keys[name]))
# Chains that cannot sign, for error messages.
old = certified(keys["es256"], "Signer old", "Example Issuer", middle_key, end=datetime.datetime(2025, 2, 1))
server = certified(keys["es256"], "Signer server", "Example Issuer", middle_key,
                   purpose=ExtendedKeyUsageOID.SERVER_AUTH)
open("expired.pem", "wb").write(pem(old, middle))
open("server.pem", "wb").write(pem(server, middle))
open("unlinked.pem", "wb").write(pem(certified(keys["es256"], "Signer es256", "Example Issuer", middle_key), root))
open("rsa.key", "wb").write(private(keys["ps256"]))


def signed(name, algorithm, media, data, ingredient=None, is_update=False):
    info = c2pa.C2paSignerInfo(
        algorithm.encode(), chains[algorithm], private(keys[algorithm]), None)
    manifest = {
        "claim_generator_info": [{"name": "reference", "version": "1.0"}], "title": name, "format": media,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [
            {"action": "c2pa.created", "digitalSourceType":
             "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}]}}]}
    if ingredient or is_update:
        manifest["assertions"] = []
    builder = c2pa.Builder(json.dumps(manifest), SETTINGS)
    if ingredient:
        builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
        builder.add_ingredient(json.dumps({"title": "parent.jpg", "relationship": "parentOf"}), "image/jpeg",
                               io.BytesIO(ingredient))
    if is_update:
        builder.set_intent(c2pa.C2paBuilderIntent.UPDATE)
    out = io.BytesIO()
    builder.sign(c2pa.Signer.from_info(info), media, io.BytesIO(data), out)
    open(name, "wb").write(out.getvalue())
    return out.getvalue()


picture = Image.radial_gradient("L").resize((32, 24)).convert("RGB")


def encoded(kind):
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()



first = signed("es256.jpg", "es256", "image/jpeg", encoded("JPEG"))
signed("es512.jpg", "es512", "image/jpeg", encoded("JPEG"), first)
signed("update.jpg", "es256", "image/jpeg", first, is_update=True)
signed("ed25519.png", "ed25519", "image/png", encoded("PNG"))
signed("ps256.webp", "ps256", "image/webp", encoded("WEBP"))
subprocess.run("ffmpeg -loglevel error -y -f lavfi -i testsrc=size=64x48:rate=5 -t 1 -pix_fmt yuv420p plain.mp4",
               shell=True, check=True)
signed("es384.mp4", "es384", "video/mp4", open("plain.mp4", "rb").read())
subprocess.run("rm plain.mp4", shell=True, check=True)

"""Files that Python's safetensors 0.8 wrote: `python checkpoints.py`."""
import torch
from safetensors.torch import save_file

x = torch.tensor([[1.0, -2.5, 3e-8], [float("inf"), 0.0, 7.0]])
# What dflab writes must be the same, byte for byte.
save_file(
    {"a.weight": x, "b": torch.zeros(0, 4), "c \"é\"": torch.tensor(0.5),
     "half": torch.tensor([1.0, -0.333, 65280.0]).bfloat16()},
    "written.safetensors", metadata={"made by": "dflab\n\"1\""})
# What dflab must read.
save_file({"f32": x, "bf16": x.bfloat16(), "f16": x.half()}, "mixed.safetensors")
save_file({"steps": torch.tensor([3, 4])}, "integers.safetensors")

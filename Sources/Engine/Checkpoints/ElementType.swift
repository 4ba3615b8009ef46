/// How values are stored in a safetensors file.
enum ElementType: String {
  case float32 = "F32"
  case bfloat16 = "BF16"
  case float16 = "F16"

  /// Bytes of one value.
  var stride: Int { self == .float32 ? 4 : 2 }
}

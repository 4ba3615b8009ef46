/// The storage format of activations; sums, weights and optimizer state are always float32.
public enum Precision: String, CaseIterable, Codable, Sendable {
  case float32 = "fp32"
  case bfloat16 = "bf16"

  /// Bytes of one value.
  public var stride: Int { self == .float32 ? 4 : 2 }
}

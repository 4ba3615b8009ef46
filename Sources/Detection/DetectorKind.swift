/// The detectors that can be trained, by the names that commands and files use.
public enum DetectorKind: String, CaseIterable, Codable, Sendable {
  /// The azimuthally averaged power spectrum, judged by a support vector machine (Durall and
  /// others, "Unmasking DeepFakes with simple Features", 2019).
  case spectrum
  /// One hidden layer of 128.
  case shallow
  /// Three convolutions.
  case cnn
  /// Three convolutions of 64, 128 and 512 filters with batch normalization and dropout.
  case cnnBN = "cnn-bn"
  /// A small network with self-attention.
  case c5
  /// Meso-4 (Afchar and others, "MesoNet", 2018).
  case meso4
  /// MesoInception-4 (the same paper).
  case mesoinception4
  /// ResNet-18 (He and others, 2016).
  case resnet18
  /// EfficientNet-B0 (Tan & Le, 2019).
  case efficientnetB0 = "efficientnet-b0"
  /// Xception (Chollet, 2017), as FaceForensics++ uses it.
  case xception
}

extension DetectorKind {
  /// The detector that a word means: its name, or the beginning of one alone.
  public init?(matching word: String) {
    let word = word.lowercased()
    let fitting = DetectorKind.allCases.filter { $0.rawValue.hasPrefix(word) }
    guard let kind = DetectorKind(rawValue: word) ?? (fitting.count == 1 ? fitting.first : nil)
    else { return nil }
    self = kind
  }
}

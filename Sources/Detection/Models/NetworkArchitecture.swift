/// The networks that tell fake faces from real ones.
public enum NetworkArchitecture: String, CaseIterable, Codable, Sendable {
  /// One hidden layer of 128 on the pixels of a 64×64 face: what a network without convolutions
  /// can do.
  case shallow
  /// Three 3×3 convolutions of 32, 64 and 128 filters, each halved by max-pooling; 128×128.
  case cnn
  /// Three 5×5 convolutions of 64, 128 and 512 filters with batch normalization, max-pooling and
  /// dropout, as a course study tuned them (AdamW 1.79e-4, weight decay 1.55e-4, batch 32); 64×64.
  case cnnBN = "cnn-bn"
  /// Five 3×3 convolutions, with self-attention (Zhang and others, "SAGAN", 2019) over the 16×16
  /// and the 8×8 pixels of the third and the fourth; 128×128.
  case c5
  /// Meso-4 (Afchar and others, "MesoNet", 2018), as published: 256×256.
  case meso4
  /// MesoInception-4 (the same paper), as published: 256×256.
  case mesoinception4
  /// ResNet-18 (He and others, 2016), as torchvision has it but for one logit; 128×128.
  case resnet18
  /// EfficientNet-B0 (Tan & Le, 2019), as torchvision has it but for one logit; 128×128.
  case efficientnetB0 = "efficientnet-b0"
  /// Xception (Chollet, 2017), as FaceForensics++ uses it but for one logit: published at 299×299,
  /// here 128×128 by default, since a CPU is to train it.
  case xception

  /// The detector that the network makes; nil for `spectrum`, which is none.
  public init?(_ kind: DetectorKind) { self.init(rawValue: kind.rawValue) }

  /// The detector that the network makes.
  public var kind: DetectorKind {
    switch self {
    case .shallow: .shallow
    case .cnn: .cnn
    case .cnnBN: .cnnBN
    case .c5: .c5
    case .meso4: .meso4
    case .mesoinception4: .mesoinception4
    case .resnet18: .resnet18
    case .efficientnetB0: .efficientnetB0
    case .xception: .xception
    }
  }

  /// What the network is shown unless it is told otherwise.
  public var input: DetectorInput {
    switch self {
    case .shallow, .cnnBN: DetectorInput(side: 64, mean: .halves, deviation: .halves)
    case .cnn, .c5, .xception:
      DetectorInput(side: 128, share: 0.625, mean: .halves, deviation: .halves)
    case .meso4, .mesoinception4: DetectorInput(side: 256)
    case .resnet18, .efficientnetB0:
      // Those of ImageNet, on which the published weights were trained.
      DetectorInput(
        side: 128, share: 0.625, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
    }
  }

  /// The sides that the network takes: those of which its steps down leave at least one pixel.
  ///
  /// Networks that flatten their pictures are made for one side, and have other weights for
  /// another.
  public var sides: ClosedRange<Int> {
    switch self {
    case .shallow: 8...256
    case .cnn, .cnnBN: 8...256
    case .c5, .resnet18, .efficientnetB0, .meso4, .mesoinception4, .xception: 32...256
    }
  }
}

extension [Float] {
  /// Half for each of red, green and blue: values −1…1.
  fileprivate static let halves: [Float] = [0.5, 0.5, 0.5]
}

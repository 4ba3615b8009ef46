import Engine
import Foundation

extension NetworkArchitecture {
  /// F3-Net (Qian and others, 2020) with one logit: published at 299×299, here 128×128 by default.
  public static let f3net = NetworkArchitecture(
    .f3net,
    summary:
      "Frequency bands of the picture, and statistics of local frequencies, through two Xceptions (Qian and others, \"F3-Net\", 2020).",
    group: .frequency, input: .halves(side: 128, share: 0.625), sides: 32...256, weightDecay: 1e-2,
    learningRate: 1e-3
  ) { f3netTree($0, &$1) }
}

extension DetectorKind {
  public static let f3net = DetectorKind("f3net")
}

/// F3-Net: 48,314,929 parameters at 299×299.
///
/// From yyk-wew/F3Net: a stream on four bands of the picture's cosine transform ("FAD"), and one on
/// statistics of the transforms of 10×10 pixels at every second pixel ("LFS"), its mode `Both`
/// (41,979,661 parameters with one class); and, as in the paper, its mix block, which that program does
/// not use, after block 7 and after block 12 (2,128,674 and 4,206,594).
func f3netTree(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  let bands = Sequential([
    "head": frequencyBands(side, &make), "stem1": Xception.stem1(12, &make),
    "stem2": Xception.stem2(&make), "blocks": Xception.blocks(1...7, &make),
  ])
  let padding = localPadding(side)
  let local = Sequential([
    "head": localFrequencies(&make),
    "stem1": Xception.stem1(6, stride: 1, padding: padding, &make),
    "stem2": Xception.stem2(&make), "blocks": Xception.blocks(1...7, &make),
  ])
  return Sequential([
    "streams": Concatenated(["bands": bands, "local": local]),
    "mix1": mixBlock(728, &make),
    "blocks": make.streams(
      1456, Xception.blocks(8...12, &make), Xception.blocks(8...12, &make)),
    "mix2": mixBlock(1024, &make),
    "exit1": make.streams(2048, Xception.exit1(&make), Xception.exit1(&make)),
    "exit2": make.streams(3072, Xception.exit2(&make), Xception.exit2(&make)),
    "mean": GlobalAveragePool(),
    "dropout": make.dropout(0.2),
    "classifier": make.dense(4096, 1),
  ])
}

/// The picture, with low, middle, high and all frequencies, each by a mask that is partly learned:
/// `[N, H, W, 3]` to `[N, H, W, 12]`.
private func frequencyBands(_ side: Int, _ make: inout LayerBuilder) -> Sequential {
  let (low, middle) = (Int(Double(side) / 2.82), side / 2)
  let ranges = [0...low, low...middle, middle...2 * side, 0...2 * side]
  let bands = ranges.map { make.band(side, $0) as any Layer }
  return Sequential([
    "transform": make.fixed(CosineTransform()), "bands": Concatenated(bands),
    "inverse": CosineTransform(.inverse),
  ])
}

/// How strong six bands are around every second pixel: `[N, H, W, 3]` to `[N, ⌊H / 2⌋, ⌊W / 2⌋, 6]`.
///
/// The picture is −1…1, and read as a gray one of 0 to 245, as the published program has it.
private func localFrequencies(_ make: inout LayerBuilder) -> Sequential {
  let window = 10
  let gray = Conv2D(
    kernel: Tensor(shape: [1, 3, 1, 1], values: [0.299, 0.587, 0.114].map { $0 * 122.5 }),
    bias: Tensor(shape: [1], values: [122.5]))
  func wave(_ frequency: Int, _ place: Int) -> Double {
    let scale = (Double(frequency == 0 ? 1 : 2) / Double(window)).squareRoot()
    return scale * cos((Double(place) + 0.5) * .pi * Double(frequency) / Double(window))
  }
  let count = window * window
  let kernel = Tensor(
    shape: [count, 1, window, window],
    values: (0..<count * count).map { index in
      let (i, j) = (index / count / window, index / count % window)
      return Float(wave(i, index % count / window) * wave(j, index % window))
    })
  return Sequential([
    "spectra": make.fixed(
      Sequential(["gray": gray, "transform": Conv2D(kernel: kernel, stride: 2, padding: 4)])),
    "statistics": make.bandStatistics(window: window, bands: 6),
  ])
}

/// The padding of the second stream's first convolution: none, as published, or one pixel where the
/// maps of both streams would otherwise differ in size.
private func localPadding(_ side: Int) -> Int {
  let local = (0..<3).reduce(side / 2 - 4) { size, _ in (size + 1) / 2 }
  return local == Xception.sizes(at: side).middle ? 0 : 1
}

/// What each stream learns of the other, added to it.
private func mixBlock(_ channels: Int, _ make: inout LayerBuilder) -> Residual {
  func pair(_ make: inout LayerBuilder) -> Concatenated {
    make.streams(
      2 * channels, make.convolution(channels, channels, 1),
      make.convolution(channels, channels, 1))
  }
  func scaled(_ make: inout LayerBuilder) -> Sequential {
    Sequential([
      "conv": make.convolution(channels, channels, 1, groups: channels),
      "norm": BatchNorm(channels: channels),
    ])
  }
  let attention = MixAttention(query: pair(&make), key: pair(&make))
  return Residual(
    Sequential([
      "attention": attention, "outputs": make.streams(2 * channels, scaled(&make), scaled(&make)),
    ]))
}

/// The operation of a layer with its attributes: everything but the values of its parameters.
///
/// Images are `[N, H, W, C]`, sequences `[N, T, C]` and volumes, or clips, `[N, T, H, W, C]`: T is the
/// number of steps or frames in the order of time. Channels are the last axis of any shape.
public enum LayerOperation: Equatable, Sendable {
  // Combinations: how data flows through the children.

  /// Each child reads the output of the previous one; the first reads the input.
  case chain
  /// All children read the input; their outputs are added.
  case sum
  /// Two children read the input; their outputs are multiplied. That of the first may have one
  /// value per image and channel, `[N, C]` or `[N, 1, 1, C]`.
  case product
  /// All children read the input; their outputs are concatenated along the channels.
  case concatenation
  /// The only child, which takes images, reads each frame of a sequence: `[N, T, ...]`.
  case frames

  /// The only child, without a gradient for what comes before it.
  case detached

  // Products with learned weights.

  /// "weight" is `[outputs, inputs / groups, kernel, kernel]`; "bias", `[outputs]`, is optional.
  case convolution(Convolution)
  /// "weight" is `[outputs, inputs, frames, side, side]` of the kernel; "bias", `[outputs]`, is
  /// optional. Over volumes.
  case convolution3D(Convolution3D)
  /// A recurrence over the steps of a sequence. Of each layer and direction "weight_ih" is
  /// `[gates · hidden, inputs]` and "weight_hh" `[gates · hidden, hidden]`; "bias_ih" and "bias_hh",
  /// `[gates · hidden]`, are optional.
  case recurrent(Recurrent.Settings)
  /// Dynamic routing between capsules, `[N, data, capsules]`; "weight" is
  /// `[outputs, inputs, output data, input data]`.
  case capsuleRouting(CapsuleRouting.Settings)
  /// "weight" is `[outputs, inputs]`, "bias" `[outputs]`; the activation comes last.
  case dense(inputs: Int, outputs: Int, activation: Activation)
  /// x + gain · softmax(query(x) key(x)ᵀ) value(x) over the pixels of an image. The children
  /// "query", "key" and "value" read the input; "gain" is `[1]`.
  case selfAttention
  /// Attention between two streams of squares, which are the halves of the channels: (2 σ(gain) − 1)
  /// times A times the other stream, with the softmax A of query(x) key(x)ᵀ, each channel a matrix,
  /// summed over both streams. The children "query" and "key" read the input; "gain" is `[2]`.
  case mixAttention
  /// Attention between the pixels of two streams x and y, which are the halves of the channels:
  /// x + gain · softmax(score1(E)) value2(y) beside y + gain · softmax(score2(Eᵀ)) value1(x), with
  /// E = shared(key1(x)) shared(key2(y))ᵀ. "gain" is `[2]`.
  case crossAttention
  /// out(softmax(query(x) key(x)ᵀ / √(C / heads)) value(x)) over the steps of a sequence, for each
  /// head's share of the channels. All four children are dense layers.
  case multiHeadAttention(MultiHeadAttention.Settings)
  /// The pixels that the only child makes of a picture as steps of a sequence, after the step "class",
  /// `[C]`, plus "position", `[1 + H · W, C]`.
  case patchTokens
  /// Σ lg(|x| + 1e-15) · mask over the channels, which are frequencies (i, j), of each band. The mask
  /// is whether the band has i + j (1 or 0) + 2 / (1 + exp(−weight)) − 1, over the number of its
  /// frequencies; "weight" is `[bands, window, window]`.
  case bandStatistics(BandStatistics.Settings)
  /// x times the output of the only child, which reads the mean of each channel, `[N, C]`.
  case squeezeExcitation
  /// The only child with its "weight" divided by the largest singular value; "u" and "v" are the
  /// singular vectors.
  case spectralNormalization

  // Functions of single values or pixels.

  /// A function of each value.
  case activation(Activation)
  /// x above zero, weight · x below; "weight" is `[C]`.
  case parametricReLU
  /// exp(x) over the sum of exp(x) along the channels.
  case softmax
  /// x · |x| / (1 + |x|²), with the length |x| of the vector along the channels.
  case squash
  /// z / |z| of complex numbers, the first half of the channels real, the second imaginary; or its
  /// length |z| or its angle, one channel each.
  case polar(Polar.Part)
  /// x times start ≤ i + j ≤ end (1 or 0) + 2 / (1 + exp(−weight)) − 1 at the frequency (i, j);
  /// "weight" is `[side, side]`.
  case frequencyBand(FrequencyBand.Settings)
  /// Zeroes values in training and scales up the others; otherwise the identity.
  case dropout(probability: Float)
  /// Zeroes images in training and scales up the others; otherwise the identity.
  case stochasticDepth(probability: Float)

  // Normalizations; "weight" and "bias" are `[C]`.

  /// Of each channel over the batch, in inference by "running_mean" and "running_var".
  case batchNormalization(epsilon: Float, momentum: Float, activation: Activation)
  /// Of each channel of each image; "weight" and "bias" are optional.
  case instanceNormalization(epsilon: Float)
  /// Of the channels of each pixel.
  case layerNormalization(epsilon: Float)

  // Changes of shape.

  /// Some of the channels.
  case channels(Range<Int>)
  /// The maximum of the channels.
  case channelMax
  /// The maximum of each window.
  case maxPool(PoolingWindow)
  /// The mean of each window.
  case averagePool(PoolingWindow)
  /// The maximum, or the mean, of each window of a volume.
  case maxPool3D(VolumeWindow), averagePool3D(VolumeWindow)
  /// The mean of each channel of each image, sequence or volume: `[N, C]`.
  case globalAveragePool
  /// One value for all steps: `[N, T, ...]` to `[N, ...]`.
  case temporalPool(TemporalPool.Kind)
  /// The displacement of each pixel from each frame to the next, to the right and down, of frames in
  /// 0…1: `[N, T, H, W, 3]` to `[N, T − 1, H, W, 2]`. It has no gradient.
  case opticalFlow
  /// The mean and the deviation (over n − 1) of each channel of each image: `[N, C, 2]`.
  case statisticsPool
  /// The orthonormal discrete cosine transform (DCT-II) of rows and columns, or its inverse.
  case cosineTransform(TransformDirection)
  /// The discrete Fourier transform of rows and columns, `[N, H, W, C]` to `[N, H, W, 2 · C]` with the
  /// real parts first, or the real part of its inverse, which divides by H · W.
  case fourierTransform(TransformDirection)
  /// Resizes rows and columns.
  case resize(Resize.Filter, Resize.Target)
  /// `[N, H, W, C · f²]` to `[N, H · f, W · f, C]`; channel c · f² + i · f + j goes to offset (i, j).
  case pixelShuffle(factor: Int)
  /// The inverse of `pixelShuffle`.
  case pixelUnshuffle(factor: Int)
  /// One vector per image, in the order rows, columns, channels.
  case flatten
  /// Each image in this shape; the order of the values is kept.
  case reshape([Int])

  /// The attributes of a two-dimensional convolution.
  public struct Convolution: Equatable, Sendable {
    /// Channels of the input and of the output.
    public let inputs, outputs: Int
    /// Rows and columns of the kernel.
    public let kernel: Int
    /// Pixels from one window to the next.
    public let stride: Int
    /// The zeros around the image.
    public let padding: Padding
    /// Pixels from one kernel position to the next.
    public let dilation: Int
    /// Groups of channels that are convolved separately.
    public let groups: Int
    /// The activation of the output.
    public internal(set) var activation: Activation

    public init(
      inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = 0,
      dilation: Int = 1, groups: Int = 1, activation: Activation = .identity
    ) {
      (self.inputs, self.outputs, self.kernel) = (inputs, outputs, kernel)
      (self.stride, self.padding, self.dilation) = (stride, padding, dilation)
      (self.groups, self.activation) = (groups, activation)
    }
  }
  /// The attributes of a convolution over volumes.
  public struct Convolution3D: Equatable, Sendable {
    /// Channels of the input and of the output.
    public let inputs, outputs: Int
    /// The size of the kernel, and the distance from one window to the next.
    public let kernel, stride: VolumeSize
    /// The zeros around the volume.
    public let padding: VolumePadding
    /// The activation of the output.
    public let activation: Activation

    public init(
      inputs: Int, outputs: Int, kernel: VolumeSize, stride: VolumeSize = 1,
      padding: VolumePadding = .even(0), activation: Activation = .identity
    ) {
      (self.inputs, self.outputs, self.kernel) = (inputs, outputs, kernel)
      (self.stride, self.padding, self.activation) = (stride, padding, activation)
    }
  }
  /// The zeros around the image of a convolution; an integer literal is `even`.
  public enum Padding: Equatable, Sendable, ExpressibleByIntegerLiteral {
    /// As many rows and columns on each side.
    case even(Int)
    /// As many in all as ⌈size / stride⌉ windows need, the odd one below and to the right, as in
    /// TensorFlow; at stride 2 rows and columns must be as many, both even or both odd.
    case same

    public init(integerLiteral width: Int) { self = .even(width) }
  }
}

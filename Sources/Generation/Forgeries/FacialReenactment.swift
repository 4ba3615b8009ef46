public import Engine
import Faces
import Media

/// Facial reenactment: a part of the face gets another expression and a renderer's texture, as
/// Face2Face (Thies and others 2016), NeuralTextures (Thies and others 2019) and lip-sync tools
/// leave it, without any of them.
///
/// The expression is that of another frame of the same clip, or the face's own with mouth, brows
/// or eyelids moved. The texture is made coarser, smoothed, sharpened, or passed through a
/// generator's upsampling, and blended in with a soft edge; the outline of the face stays real.
///
/// Parameters: `region`, `expression` (`frame` or `warp`), `moved` (the largest motion, in pixels),
/// `texture`, `factor`, `drawn_in`, `soft`.
public struct FacialReenactment: ForgeryAlgorithm {
  /// A texture that rendering leaves.
  public enum Texture: String, CaseIterable, Codable, Sendable {
    /// Reduced and enlarged.
    case coarse
    /// Smoothed between edges (He, Sun & Tang 2010).
    case smooth
    /// Sharpened.
    case sharp
    /// A generator's upsampling, as in `SpectralGrid`.
    case grid
  }

  /// The regions, equally likely.
  public var regions = [FaceShape.mouth, .mouth, .lower, .inner, .face]
  /// The probability that the expression is taken from another frame of the clip, if there is one.
  public var otherFrame = 0.5
  /// The motion of an own expression, relative to the distance between the eyes' outer corners.
  public var motion = StrengthRange(0.04, 0.16)
  /// The textures, equally likely.
  public var textures = Texture.allCases
  /// The size of a coarse face.
  public var scale = StrengthRange(0.25, 0.75)
  /// How much a smooth face is smoothed: the variance below which detail is lost, in squared levels.
  public var smoothness = StrengthRange(20, 400)
  /// The amount of sharpening.
  public var sharpening = StrengthRange(0.3, 1)
  /// The maximum change of brightness and contrast, as a share.
  public var light = 0.04
  /// The mask's edge.
  public var edge = MaskEdge()

  /// Narrow edges, because mouths are small.
  public init() { (edge.drawnIn, edge.soft) = (StrengthRange(1, 7), StrengthRange(5, 21)) }

  public func fault(at path: String) -> String? {
    regions.isEmpty
      ? "'\(path).regions' must not be empty"
      : textures.isEmpty ? "'\(path).textures' must not be empty" : nil
  }

  public func forgery(
    of face: RealFace, from material: ForgeryMaterial, chance: inout RandomSource
  ) -> Forgery? {
    guard let landmarks = face.landmarks else { return nil }
    let region = chance.one(of: regions)
    var parameters: [String: ParameterValue] = ["region": .word(region.rawValue)]
    let layer: Image
    let frames = chance.happens(otherFrame) ? otherFrames(of: face, in: material.faces) : []
    if !frames.isEmpty {
      let other = chance.one(of: frames)
      layer = other.picture(movedOnto: landmarks)
      parameters["expression"] = .word("frame")
    } else {
      let eyes = landmarks[45] - landmarks[36]
      let size = motion.drawn(from: &chance) * Double((eyes * eyes).sum()).squareRoot()
      layer = face.image.displaced(
        by: Expression(region: region, size: size, chance: &chance).field(of: landmarks))
      parameters["expression"] = .word("warp")
      parameters["moved"] = .number(size)
    }
    func either() -> Float { Float(light * chance.uniform(-1...1)) }
    let (contrast, brightness) = (1 + either(), either() * 255)
    let lit = layer.recolored(
      by: ColorMatrix().contrast(contrast).adding(SIMD3(repeating: brightness)))
    let texture = chance.one(of: textures)
    let (rendered, factor) = rendered(lit, texture, chance: &chance)
    parameters["texture"] = .word(texture.rawValue)
    parameters["factor"] = .number(factor)
    let (mask, drawn) = edge.mask(
      of: FaceRegion(of: face, region, includesForehead: false), chance: &chance)
    parameters.merge(drawn) { $1 }
    return Forgery(
      image: face.image.mixed(with: rendered, by: mask), parameters: parameters, mask: mask)
  }

  /// The other frames of a face's clip that show the same identity.
  private func otherFrames(of face: RealFace, in faces: [RealFace]) -> [RealFace] {
    faces.filter { other in
      other.clip == face.clip && other.identity == face.identity && other.landmarks != nil
        && other.frame != face.frame
    }
  }

  /// The picture with a texture, and how strong it is.
  private func rendered(
    _ image: Image, _ texture: Texture, chance: inout RandomSource
  ) -> (Image, Double) {
    switch texture {
    case .coarse:
      let size = scale.drawn(from: &chance)
      let side = max(8, Int((Double(image.width) * size).rounded()))
      let small = chance.one(of: [ResizeFilter.area, .bilinear])
      let large = chance.one(of: [ResizeFilter.bilinear, .lanczos])
      let coarse = image.resized(width: side, height: side, filter: small)
        .resized(width: image.width, height: image.height, filter: large)
      return (coarse, size)
    case .smooth:
      let variance = smoothness.drawn(from: &chance)
      return (image.smoothedBetweenEdges(deviation: 2.5, variance: variance), variance)
    case .sharp:
      let amount = sharpening.drawn(from: &chance)
      return (image.sharpened(amount: amount), amount)
    case .grid:
      let kind = chance.one(of: [SpectralGrid.Kind.nearest, .zeros, .transposed])
      let kept = chance.uniform(0.2...0.8)
      let pattern = GridPattern(
        kind, factor: 2, strength: chance.uniform(0.02...0.1), chance: &chance)
      return (pattern.applied(to: image, detail: Float(kept)), kept)
    }
  }
}

/// A change of expression: some landmarks and where they go.
private struct Expression {
  /// By landmark, the motion in pixels.
  var motions: [(landmark: Int, motion: SIMD2<Float>)] = []

  /// A random expression of a region.
  ///
  /// - Parameter size: the largest motion in pixels.
  init(region: FaceShape, size: Double, chance: inout RandomSource) {
    let size = Float(size)
    func either() -> Float { Float(chance.uniform(-1...1)) }
    if region != .eyes {
      // The jaw opens or closes, the corners of the mouth widen, rise or fall.
      let (jaw, wide, left, right) = (either(), either(), either(), either())
      let lower = SIMD2(0, size * jaw)
      motions += (55..<60).map { ($0, lower) } + (65..<68).map { ($0, lower) }
      motions += (6..<11).map { ($0, region == .mouth ? .zero : lower) }
      motions += (50..<53).map { ($0, SIMD2(0, -0.3 * size * jaw)) }
      motions.append((48, SIMD2(-size * wide, size * left) * 0.7))
      motions.append((54, SIMD2(size * wide, size * right) * 0.7))
    }
    if region == .eyes || region == .inner || region == .face {
      let (brows, lids) = (either(), either())
      motions += (17..<27).map { ($0, SIMD2(0, size * brows)) }
      motions += [37, 38, 43, 44].map { ($0, SIMD2(0, 0.4 * size * lids)) }
    }
  }

  /// The field of sampling offsets that moves the landmarks, over a 256×256 picture.
  ///
  /// Motions fall off as Gaussians around their landmarks; all other landmarks hold still.
  func field(of landmarks: [SIMD2<Float>]) -> Displacement {
    let spacing = 4
    let side = Displacement.points(over: Crop.pictureSide, spacing: spacing)
    let moves = Dictionary(motions.map { ($0.landmark, $0.motion) }) { $0 + $1 }
    var (across, down) = ([Float](), [Float]())
    for row in 0..<side {
      for column in 0..<side {
        let place = SIMD2(Float(column * spacing), Float(row * spacing))
        // A little weight of no motion lets the field vanish far from the face.
        var (sum, total) = (SIMD2<Float>.zero, Float(0.05))
        for (index, landmark) in landmarks.enumerated() {
          let offset = landmark - place
          let weight = Expression.weight(of: (offset * offset).sum())
          sum += weight * (moves[index] ?? .zero)
          total += weight
        }
        across.append(-sum.x / total)
        down.append(-sum.y / total)
      }
    }
    return Displacement(
      across: Plane(width: side, height: side, values: across),
      down: Plane(width: side, height: side, values: down), spacing: spacing)
  }

  /// A bump of about 12 pixels around a landmark: a polynomial in place of a Gaussian, so that
  /// every machine computes the same bits.
  private static func weight(of squaredDistance: Float) -> Float {
    let rest = max(0, 1 - squaredDistance / (24 * 24))
    return rest * rest * rest * rest
  }
}

extension Image {
  /// The picture resampled bilinearly with the offsets.
  fileprivate func displaced(by displacement: Displacement) -> Image {
    overPlanes { $0.displaced(by: displacement) }
  }

  /// Smoothed where it varies little, kept where it has edges: the guided filter with each channel
  /// as its own guide (He, Sun & Tang 2010), with Gaussian windows.
  ///
  /// - Parameters:
  ///   - deviation: the standard deviation of the windows, in pixels.
  ///   - variance: the variance in a window at which half of the detail is kept, in squared levels.
  fileprivate func smoothedBetweenEdges(deviation: Double, variance: Double) -> Image {
    let taps = BlurTaps(deviation: deviation)
    return overPlanes { plane in
      let mean = plane.blurred(by: taps)
      let square = plane.map { $0 * $0 }.blurred(by: taps)
      let kept = zip(square.values, mean.values).map { square, mean in
        let own = max(0, square - mean * mean)
        return own / (own + Float(variance))
      }
      let gain = Plane(width: plane.width, height: plane.height, values: kept).blurred(by: taps)
      let offset = Plane(
        width: plane.width, height: plane.height,
        values: zip(kept, mean.values).map { (1 - $0) * $1 }
      ).blurred(by: taps)
      return Plane(
        width: plane.width, height: plane.height,
        values: plane.values.indices.map {
          gain.values[$0] * plane.values[$0] + offset.values[$0]
        })
    }
  }

  /// Red, green and blue, each changed as a plane in levels of 0…255.
  private func overPlanes(_ change: (Plane) -> Plane) -> Image {
    let planes = (0..<3).map { channel in
      change(
        Plane(
          width: width, height: height,
          values: (0..<width * height).map { Float(pixels[$0 * 3 + channel]) }))
    }
    var changed = [UInt8]()
    changed.reserveCapacity(pixels.count)
    for place in 0..<width * height {
      for plane in planes { changed.append(UInt8(min(max(plane.values[place] + 0.5, 0), 255))) }
    }
    return Image(width: width, height: height, pixels: changed)
  }
}

/// The 68 points of iBUG 300-W on the skin's chart.
enum FaceLandmarks {
  /// In iBUG's order: the jaw from the viewer's left to the right, brows, nose, eyes, lips.
  static let places: [SIMD2<Float>] = {
    let slit = FaceChart.eyeSlit
    let jaw: [SIMD2<Float>] = [
      SIMD2(7.22, -0.8), SIMD2(7.22, -2.7), SIMD2(7.2, -5.3), SIMD2(7.12, -8.5),
      SIMD2(6.85, -11), SIMD2(5.7, -11.2), SIMD2(4.05, -11.3), SIMD2(2.1, -11.35),
    ]
    let brow: [SIMD2<Float>] = [
      SIMD2(5.9, 1.75), SIMD2(4.95, 2.45), SIMD2(3.75, 2.65), SIMD2(2.4, 2.3), SIMD2(1.15, 1.85),
    ]
    let eye: [SIMD2<Float>] = [
      SIMD2(FaceChart.eyeOuter, 0), SIMD2(3.75, slit), SIMD2(2.75, slit),
      SIMD2(FaceChart.eyeInner, 0), SIMD2(2.75, -slit), SIMD2(3.75, -slit),
    ]
    let line = FaceChart.mouthLine
    let up = line + FaceChart.mouthSlit
    let down = line - FaceChart.mouthSlit
    let upper: [SIMD2<Float>] = [
      SIMD2(FaceChart.mouthCorner, line), SIMD2(1.95, FaceChart.upperLipBorder(1.95)),
      FaceChart.upperLipPeak,
    ]
    let lower: [SIMD2<Float>] = [
      SIMD2(2.05, FaceChart.lowerLipBorder(2.05)), SIMD2(0.95, FaceChart.lowerLipBorder(0.95)),
    ]
    func mirrored(_ points: [SIMD2<Float>]) -> [SIMD2<Float>] {
      points.map { SIMD2(-$0.x, $0.y) }
    }
    var places = mirrored(jaw) + [SIMD2(0, -11.45)] + jaw.reversed()
    places += mirrored(brow) + brow.reversed()
    places += [SIMD2(0, 0.4), SIMD2(0, -0.75), SIMD2(0, -1.9), SIMD2(0, -3.1)]
    places += [SIMD2(-1.5, -4.1), SIMD2(-0.75, -4.35), SIMD2(0, -4.5)]
    places += [SIMD2(0.75, -4.35), SIMD2(1.5, -4.1)]
    // Each eye from the viewer's left, over the upper lid, back along the lower one.
    places += mirrored(eye)
    places += [eye[3], eye[2], eye[1], eye[0], eye[5], eye[4]]
    places += mirrored(upper) + [SIMD2(0, FaceChart.upperLipMiddle)] + upper.reversed()
    places += lower + [SIMD2(0, FaceChart.lowerLipBottom)] + mirrored(lower).reversed()
    places += [SIMD2(-2.75, line), SIMD2(-0.75, up), SIMD2(0, up), SIMD2(0.75, up)]
    places += [SIMD2(2.75, line), SIMD2(0.75, down), SIMD2(0, down), SIMD2(-0.75, down)]
    return places
  }()
}

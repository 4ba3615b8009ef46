import Faces

/// Hair as a surface of strands with gaps between them.
///
/// The chart's second direction runs along the strands; `kind` defines the units of both
/// directions.
struct HairMaterial: Material {
  /// The layout of strands on the chart.
  enum Kind {
    /// A shell over the scalp, in centimeters; the second direction is 0 at the hairline.
    ///
    /// `density` is the share covered inside, and `length` how long a strand's run is.
    case shell(density: Float, length: Float)
    /// Locks: the whole part of the first direction is the lock, the fraction the place across it;
    /// the second goes from 0 at the root to 1 at the tip.
    ///
    /// `raggedness` is how far short of the longest strand the shortest ends, as a share.
    case locks(raggedness: Float)
  }

  let kind: Kind
  let color: HairColor
  /// How strongly strands wave, 0…1.
  let curl: Float
  /// How much light reaches the strands, 0…1: inner ones get less.
  let openness: Float
  /// The strand pattern, different for each shell.
  let strands: Noise
  let hasHoles = true
  let isFrayed = true

  func covers(_ chart: SIMD2<Float>) -> Bool {
    switch kind {
    case .shell(let density, let length):
      // Far inside, the innermost shell has no gaps.
      if chart.y > 1.5, density > 0.8 { return true }
      var edge: Float = 1
      if chart.y < 1.5 {
        edge = ramp(
          chart.y + strands(chart.x * 1.3, 31) * 0.4 + strands(chart.x * 0.45, 37) * 0.35, -0.45,
          1.5)
      }
      guard edge > 0 else { return false }
      let strand = strands((chart.x + wave(chart.x, chart.y)) * 15, chart.y / length + 57)
      return 0.5 + 0.5 * strand < edge * (0.2 + density)
    case .locks(let raggedness):
      let lock = chart.x.rounded(.down)
      let across = chart.x - lock
      let (cell, middle) = strandCell(lock, across, chart.y)
      let own = strands.cell(cell, Int32(lock))
      // Strands end at different lengths, and are finest at their tips.
      let left = 1 - raggedness * (1 - own) - chart.y
      guard left > 0 else { return false }
      // A lock is dense inside, and frays at its edges and where it leaves the others at its root.
      let edge = ramp(min(across, 1 - across) + 0.16 * own, 0.06, 0.3)
      let root = ramp(chart.y + 0.12 * own, 0.01, 0.12)
      let tip = min(1, left * 1.2 / max(raggedness, 0.1) + 0.25)
      return abs(middle) < 0.62 * edge * root * tip
    }
  }

  func surface(at chart: SIMD2<Float>, detail: Float) -> Surface {
    switch kind {
    case .shell(_, let length): shell(chart, length)
    case .locks: lock(chart)
    }
  }

  private func shell(_ chart: SIMD2<Float>, _ length: Float) -> Surface {
    let bent = chart.x + wave(chart.x, chart.y)
    let strand = strands(bent * 8 + 700, chart.y / length * 0.6)
    let tuft = strands(bent * 2.3, chart.y / length * 0.5 + 91)
    return surface(
      strand: 0.5 + 0.3 * strand + 0.2 * tuft, lightness: 1 + 0.16 * tuft, openness: openness,
      slope: SIMD2(0.3 * strand + 0.35 * tuft, 0.22 * tuft + 0.1 * strand))
  }

  private func lock(_ chart: SIMD2<Float>) -> Surface {
    let lock = chart.x.rounded(.down)
    let (cell, _) = strandCell(lock, chart.x - lock, chart.y)
    let strand = strands.cell(cell &+ 40, Int32(lock))
    let own = strands.cell(Int32(lock), -7)
    let bend = strands(lock * 5.1 + chart.x - lock, chart.y * 4 + 11)
    // Roots lie in the shadow of other locks; tips are slightly bleached.
    return surface(
      strand: strand, lightness: (0.92 + 0.16 * own) * (0.94 + 0.12 * chart.y),
      openness: openness * (0.88 + 0.12 * ramp(chart.y, 0, 0.4)),
      slope: SIMD2(0.5 * (strand - 0.5), 0.16 * bend + 0.2 * (strand - 0.5)))
  }

  private func surface(
    strand: Float, lightness: Float, openness: Float, slope: SIMD2<Float>
  ) -> Surface {
    Surface(
      albedo: color.of(strand: strand, lightness: lightness), specular: 0.03,
      roughness: 0.34 + 0.2 * curl, slope: slope, openness: openness, isStrands: true)
  }

  /// How far a strand of a shell has wandered sideways, in centimeters.
  private func wave(_ x: Float, _ along: Float) -> Float {
    let strength = 0.12 + 1.2 * curl
    return strands(x * 0.9 + 300, along * (0.4 + 1.4 * curl)) * 0.5 * strength
  }

  /// Which strand of a lock lies at a place, and how far off its middle that is, −0.5…0.5.
  private func strandCell(_ lock: Float, _ across: Float, _ along: Float) -> (Int32, Float) {
    let wander = 0.5 * strands(lock * 17.3 + across * 2, along * 3)
    let x = (across + wander * (0.16 + 0.3 * curl)) * 15
    let cell = x.rounded(.down)
    return (Int32(cell), x - cell - 0.5)
  }
}

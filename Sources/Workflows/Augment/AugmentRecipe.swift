import Faces
import Foundation
import Generation
import Records

/// What a labeled set is mixed of: a few lines of JSON; what they leave out is as here.
struct AugmentRecipe: Codable, Equatable {
  /// What it is for, in words.
  var about = ""
  /// How much of the fakes each method makes, next to the others; 0 leaves it out.
  var methods = ForgeryWeights()
  /// How strong each method is drawn.
  var strengths = ForgeryStrengths()
  /// What real and fake pictures suffer alike.
  var degradations = DegradationDraw()
  /// Face sets that show the same person as another: their name, and the other's.
  var people: [String: String] = [:]

  /// True when some method needs a swap model.
  var needsModels: Bool { methods.methods.contains { $0.needs.contains(.model) } }
}

extension AugmentRecipe: RecipeFile {
  static let manual = "Datasets/README.md"

  /// What is out of its range, to be read inside a sentence; nil if all is well.
  var fault: String? {
    if let fault = methods.fault(at: "methods") { return fault }
    if methods.methods.isEmpty { return "all its methods have the weight 0" }
    return strengths.fault(at: "strengths") ?? degradations.fault
      ?? JSONTree.excess(of: strengths, over: ForgeryStrengths())
  }
}

extension DegradationDraw {
  /// What is out of its range, to be read inside a sentence; nil if all is well.
  fileprivate var fault: String? {
    let chances: [(name: String, chance: Chance, range: ClosedRange<Double>)] = [
      ("jpeg", jpeg, 1...100), ("h264", h264, 0...51), ("resize", resize, 0.05...1),
      ("blur", blur, 0...10), ("noise", noise, 0...64), ("color", color, 0...1),
    ]
    for (name, chance, range) in chances {
      let values: [(String, Double, ClosedRange<Double>)] = [
        ("probability", chance.probability, 0.0...1), ("least", chance.least, range),
        ("greatest", chance.greatest, range),
      ]
      for (key, value, range) in values where !range.contains(value) {
        return "'degradations.\(name).\(key)' must be between \(range.lowerBound) and "
          + "\(range.upperBound), not \(value)"
      }
    }
    return nil
  }
}

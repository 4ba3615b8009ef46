import Faces
import Foundation
import Generation
import Records

/// What a labeled set is mixed of: a few lines of JSON; what they leave out is as here.
struct AugmentRecipe: Codable, Equatable {
  /// What it is for, in words.
  var about = ""
  /// How much of the fakes each method makes, next to the others; 0 leaves it out.
  var methods = Weights()
  /// How strong each method is drawn.
  var strengths = ForgeryStrengths()
  /// What real and fake pictures suffer alike.
  var degradations = DegradationDraw()
  /// Face sets that show the same person as another: their name, and the other's.
  var people: [String: String] = [:]

  /// The weight of each method.
  struct Weights: Codable, Equatable {
    var swap = 3.0
    var sbi = 2.0
    var xray = 1.0
    var warp = 1.0
    var upsample = 1.0
    var gan = 1.0

    subscript(method: ForgeryMethod) -> Double {
      switch method {
      case .swap: swap
      case .sbi: sbi
      case .xray: xray
      case .warp: warp
      case .upsample: upsample
      case .gan: gan
      }
    }
  }

  /// The methods that are in the mixture.
  var mixed: [ForgeryMethod] { ForgeryMethod.allCases.filter { methods[$0] > 0 } }

  /// True when some method needs a swap model.
  var needsModels: Bool { mixed.contains(where: \.needsModel) }
}

extension AugmentRecipe {
  /// The recipe of a file.
  init(reading path: String) throws {
    guard let data = try RunFolder.contents(of: path) else {
      throw WorkflowError.badAugmentRecipe(path: path, reason: "no such file")
    }
    do throws(RecipeFault) {
      self = try JSONTree.reading(data, over: AugmentRecipe())
      if let fault { throw RecipeFault(reason: fault) }
    } catch {
      throw WorkflowError.badAugmentRecipe(path: path, reason: error.reason)
    }
  }

  /// What is out of its range, to be read inside a sentence; nil if all is well.
  private var fault: String? {
    for method in ForgeryMethod.allCases where !(0...1e6).contains(methods[method]) {
      return "'methods.\(method.rawValue)' must be between 0 and 1000000, not \(methods[method])"
    }
    if mixed.isEmpty { return "all its methods have the weight 0" }
    if let factor = strengths.upsample.factors.first(where: { $0 < 2 }) {
      return "'strengths.upsample.factors' must be 2 or more, not \(factor)"
    }
    return degradations.fault ?? JSONTree.excess(of: strengths, over: ForgeryStrengths())
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

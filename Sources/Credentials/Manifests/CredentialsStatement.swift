/// What a file's credentials say of it.
public struct CredentialsStatement: Equatable, Sendable {
  /// The program that made the file.
  public let program: String
  public let version: String
  /// How it was made: a term of IPTC's NewsCodes, as a URL.
  public let sourceType: String
  /// What it was made from.
  public let ingredients: [CredentialsIngredient]

  /// - Parameter ingredients: at most one of them is the parent.
  public init(
    program: String, version: String, sourceType: String,
    ingredients: [CredentialsIngredient] = []
  ) {
    (self.program, self.version) = (program, version)
    (self.sourceType, self.ingredients) = (sourceType, ingredients)
  }

  /// The program and its version, as a map.
  private var agent: CBOR { .map(["name": .text(program), "version": .text(version)]) }

  /// The generator of the claim.
  var generator: CBOR { agent }

  /// The actions: the file was created, or its parent was opened and edited.
  ///
  /// - Parameter references: to the assertions of the ingredients, in order.
  func actions(references: [CBOR]) -> CBOR {
    let parents = zip(ingredients, references).filter(\.0.isParent).map(\.1)
    let made: CBOR = .map([
      "action": .text(parents.isEmpty ? "c2pa.created" : "c2pa.edited"),
      "digitalSourceType": .text(sourceType), "softwareAgent": agent,
    ])
    let opened: CBOR = .map([
      "action": .text("c2pa.opened"), "parameters": .map(["ingredients": .array(parents)]),
    ])
    return .map(["actions": .array(parents.isEmpty ? [made] : [opened, made])])
  }

  /// Whether others may train on the file (CAWG's training and data mining assertion 1.1): detectors,
  /// but no generators.
  static var trainingMining: CBOR {
    let uses: KeyValuePairs = [
      "cawg.ai_generative_training": "notAllowed", "cawg.ai_inference": "allowed",
      "cawg.ai_training": "allowed", "cawg.data_mining": "allowed",
    ]
    return .map([
      "entries": .map(
        uses.map { .init(key: .text($0), value: .map(["use": .text($1)])) })
    ])
  }
}

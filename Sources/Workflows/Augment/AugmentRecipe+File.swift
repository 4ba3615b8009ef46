public import Generation
public import Records

extension AugmentRecipe: RecipeFile {
  public static var manual: String { "Datasets/README.md" }

  public var fault: String? {
    outOfRange ?? JSONTree.excess(of: strengths, over: ForgeryStrengths())
  }
}

/// The parameters of a phase with their distributions, by name.
public typealias SearchSpace = [String: ParameterDistribution]

extension SearchSpace {
  /// The parameters in the order of their names, in which samplers draw them.
  public var sorted: [(name: String, distribution: ParameterDistribution)] {
    map { (name: $0.key, distribution: $0.value) }.sorted { $0.name < $1.name }
  }

  /// The parameters that can vary.
  public var varying: SearchSpace { filter { !$0.value.isSingle } }
}

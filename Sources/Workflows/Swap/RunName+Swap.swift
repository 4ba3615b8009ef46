public import Generation
public import Records

extension RunName {
  /// The name that follows from what is trained, so that the same command finds its run again.
  ///
  /// Folders `x/a` and `x/b` give `a-b`; where the last parts are alike, the nearest parts that
  /// differ count: `alice/faces` and `bob/faces` give `alice-bob`. Models other than the default
  /// add their own name.
  public init(a: String, b: String, architecture: SwapArchitecture) throws {
    let a = Workspace.absolute(a).split(separator: "/")
    let b = Workspace.absolute(b).split(separator: "/")
    let pair = zip(a.reversed(), b.reversed()).first { $0 != $1 } ?? (a.last ?? "a", b.last ?? "b")
    let model = architecture == .fast ? "" : "-\(architecture.rawValue)"
    try self.init("\(RunName.tamed(pair.0))-\(RunName.tamed(pair.1))\(model)")
  }
}

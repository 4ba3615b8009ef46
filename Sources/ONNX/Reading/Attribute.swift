/// An attribute of a node.
enum Attribute: Sendable {
  case integer(Int)
  case real(Double)
  case text(String)
  case integers([Int])
  case reals([Double])
  case texts([String])
  case value(Value)
}

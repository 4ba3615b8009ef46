/// The label of a sample: 1 is fake, 0 is real, everywhere.
public enum Label: Int, CaseIterable, Codable, Sendable {
  case real = 0
  case fake = 1
}

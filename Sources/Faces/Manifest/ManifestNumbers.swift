import Foundation

extension Double {
  /// The number with so many digits behind the point, as manifests hold it.
  func rounded(digits: Int) -> Double {
    let scale = pow(10, Double(digits))
    return (self * scale).rounded(.toNearestOrEven) / scale
  }
}

extension [Double]? {
  /// The numbers of a key of a manifest; refused where there are more or fewer than `count`.
  func counted(_ count: Int, _ key: String) throws(RecordFault) -> [Double]? {
    guard self?.count ?? count == count else {
      throw RecordFault(reason: "'\(key)' must hold \(count) numbers")
    }
    return self
  }
}

extension FaceBox {
  /// The box of a manifest's numbers; refused where it is empty.
  init?(_ row: [Double]?) throws(RecordFault) {
    guard let row = try row.counted(4, "box") else { return nil }
    self.init(x: row[0], y: row[1], width: row[2], height: row[3])
    guard width > 0, height > 0 else {
      throw RecordFault(reason: "'box' is empty: [x, y, width, height]")
    }
  }

  /// `[x, y, width, height]`, as manifests hold it.
  var manifestRow: [Double] { [x, y, width, height].map { $0.rounded(digits: 2) } }
}

extension AffineMap {
  /// The matrix of a manifest's numbers; refused where it has no inverse.
  init?(_ row: [Double]?) throws(RecordFault) {
    guard let row = try row.counted(6, "matrix") else { return nil }
    self.init(row: row)
    guard determinant != 0 else { throw RecordFault(reason: "'matrix' has no inverse") }
  }

  /// `row`, as manifests hold it.
  var manifestRow: [Double] { row.enumerated().map { $1.rounded(digits: $0 % 3 == 2 ? 3 : 6) } }
}

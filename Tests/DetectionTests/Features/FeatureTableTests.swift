import Faces
import Foundation
import TestSupport
import Testing

@testable import Detection

@Suite struct FeatureTableTests {
  @Test func theFirstColumnIsTheClass() throws {
    let table = try FeatureTable(text: "1,0.5,2\r\n0, 1e-3 ,-4\n\n", path: "x.csv")
    #expect(table.labels == [.fake, .real])
    #expect(table.features == FeatureMatrix(rows: [[0.5, 2], [0.001, -4]]))
  }

  @Test func aLineOfNamesIsPassedOver() throws {
    let table = try FeatureTable(text: "class,first\n1.0,2\n", path: "x.csv")
    #expect(table.labels == [.fake] && table.features.values == [2])
  }

  @Test(arguments: [
    ("1,2\n2,3\n", 2, "the label is '2', not 0 or 1"),
    ("1,2\n0.5,3\n", 2, "the label is '0.5', not 0 or 1"),
    ("1,2\n0\n", 2, "no features"),
    ("1,2,3\n\n0,1\n", 3, "2 values instead of 3"),
    ("1,2,x\n", 1, "'x' in column 3 is not a finite number"),
    ("1,2,nan\n", 1, "'nan' in column 3 is not a finite number"),
    ("1,2,\n", 1, "'' in column 3 is not a finite number"),
  ])
  func aBrokenLineIsNamed(text: String, line: Int, reason: String) {
    #expect(throws: DetectionError.brokenTable(path: "x.csv", line: line, reason: reason)) {
      _ = try FeatureTable(text: text, path: "x.csv")
    }
  }

  @Test func filesThatAreNoTableSayWhy() throws {
    let folder = try TemporaryFolder()
    func reason(_ name: String, _ bytes: [UInt8]?) throws -> String? {
      let path = folder.path(name)
      if let bytes { try Data(bytes).write(to: URL(filePath: path)) }
      do {
        _ = try FeatureTable(reading: path)
      } catch DetectionError.unreadableTable(_, let reason) {
        return reason
      }
      return nil
    }
    #expect(try reason("none.csv", nil) == "no such file")
    #expect(try reason("empty.csv", []) == "it has no samples")
    #expect(try reason("binary.csv", [0xFF, 0xFE, 0x80]) == "it is not UTF-8 text")
    #expect(try reason("", nil) == "not a readable file")
    #expect(try reason("fine.csv", Array("1,2\n".utf8)) == nil)
  }
}

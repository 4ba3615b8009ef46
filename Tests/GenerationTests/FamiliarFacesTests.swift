import Foundation
import TestSupport
import Testing

@testable import Generation

@Suite struct FamiliarFacesTests {
  private let face = FacePatch(width: 64, height: 64, values: waves(side: 64).map { Float($0) })

  /// The face with noise in a part of it.
  private func covered(columns: Range<Int>, rows: Range<Int>) -> FacePatch {
    var face = face
    let noise = lcg(64 * 64 * 3, seed: 5)
    for y in rows {
      for x in columns {
        for part in (y * 64 + x) * 3..<(y * 64 + x) * 3 + 3 {
          face.values[part] = Float(noise[part])
        }
      }
    }
    return face
  }

  @Test func aReconstructionThatIsExactHasNoError() {
    let measure = FamiliarFaces.measure(face, face, FamiliarFaces.quarters(side: 64))
    #expect(measure.correlation > 1 - 1e-9 && measure.error < 1e-9)
    // Another exposure is no error either.
    var darker = face
    for index in darker.values.indices { darker.values[index] -= 0.1 }
    let same = FamiliarFaces.measure(face, darker, FamiliarFaces.quarters(side: 64))
    #expect(same.correlation > 1 - 1e-6 && same.error < 1e-6)
  }

  @Test(arguments: [(0..<32, 0..<64), (32..<64, 0..<64), (0..<64, 0..<32), (0..<64, 32..<64)])
  func aHalfThatIsCoveredIsNotReconstructed(columns: Range<Int>, rows: Range<Int>) throws {
    let usual = FamiliarFaces.Measure(correlation: 0.9, error: 0.04)
    let faces = try #require(FamiliarFaces([usual, usual, usual]))
    let measure = FamiliarFaces.measure(
      covered(columns: columns, rows: rows), face, FamiliarFaces.quarters(side: 64))
    #expect(faces.isHidden(measure), "\(measure)")
    #expect(!faces.isHidden(usual))
  }

  @Test func aHalfWithoutContrastIsNotReconstructed() {
    var flat = face
    for pixel in 0..<64 * 64 where pixel % 64 < 32 {
      for part in pixel * 3..<pixel * 3 + 3 { flat.values[part] = 0.5 }
    }
    #expect(FamiliarFaces.measure(flat, face, FamiliarFaces.quarters(side: 64)).correlation == 0)
  }

  @Test func aFaceThatIsOnlyUnusualIsNotHidden() throws {
    let usual = FamiliarFaces.Measure(correlation: 0.9, error: 0.04)
    let faces = try #require(FamiliarFaces([usual]))
    #expect(!faces.isHidden(FamiliarFaces.Measure(correlation: 0.5, error: 0.05)))
    #expect(!faces.isHidden(FamiliarFaces.Measure(correlation: 0.8, error: 0.2)))
    #expect(faces.isHidden(FamiliarFaces.Measure(correlation: 0.5, error: 0.2)))
  }

  @Test func aModelThatDoesNotKnowThePersonCannotTell() {
    #expect(FamiliarFaces([FamiliarFaces.Measure(correlation: 0.6, error: 0.1)]) == nil)
    #expect(FamiliarFaces([]) == nil)
  }
}

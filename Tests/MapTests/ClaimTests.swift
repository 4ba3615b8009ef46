import Foundation
import Testing

/// `Tests/Claims/claims.json`: numbers of documents, and the commands that measure them again.
private struct Claims: Decodable {
  struct Claim: Decodable {
    let document, text, key: String
    let value: Double
    let within: Double?
    let run: [String]?
    let setup, read: String?
  }

  let setups: [String: [[String]]]
  let claims: [Claim]
}

@Suite struct ClaimTests {
  private let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func claims() throws -> Claims {
    let data = try Data(contentsOf: root.appending(path: "Tests/Claims/claims.json"))
    return try JSONDecoder().decode(Claims.self, from: data)
  }

  @Test func everyNumberStandsInItsDocument() throws {
    let claims = try claims().claims
    #expect(claims.count > 10)
    for claim in claims {
      let document = try String(contentsOf: root.appending(path: claim.document), encoding: .utf8)
      #expect(document.contains(claim.text), "\(claim.document) has no '\(claim.text)'")
      let numbers = claim.text.split { !"0123456789.".contains($0) }.compactMap { Double($0) }
      #expect(numbers.contains(claim.value), "'\(claim.text)' does not say \(claim.value)")
    }
  }

  @Test func everyNumberHasACommand() throws {
    let claims = try claims()
    for claim in claims.claims {
      let isMeasured = claim.run != nil && claim.setup == nil && claim.read == nil
      let isRead = claim.run == nil && claim.read != nil && claim.setup != nil
      #expect(isMeasured != isRead, "\(claim.text)")
      #expect(claim.setup.map { claims.setups[$0] != nil } ?? true, "\(claim.text)")
    }
  }
}

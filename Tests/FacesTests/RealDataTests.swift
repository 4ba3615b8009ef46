import TestSupport
import Testing

@Suite struct RealDataTests {
  @Test(
    arguments: [
      ([:], nil), (["DFLAB_REAL_DATA": ""], nil), (["DFLAB_REAL_DATA": "/data"], "/data"),
    ] as [([String: String], String?)])
  func anEmptyNameIsNoFolder(environment: [String: String], folder: String?) {
    #expect(RealData.folder(in: environment) == folder)
  }
}

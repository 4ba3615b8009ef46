import Detection
import Testing

@Suite struct DetectorKindTests {
  @Test func namesAreThoseOfTheField() {
    #expect(
      DetectorKind.allCases.map(\.rawValue) == [
        "spectrum", "shallow", "cnn", "cnn-bn", "c5", "meso4", "mesoinception4", "resnet18",
        "efficientnet-b0", "xception",
      ])
  }
}

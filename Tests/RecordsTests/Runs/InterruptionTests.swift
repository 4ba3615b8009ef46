import Testing

@testable import Records

@Suite struct InterruptionTests {
  @Test func oneCtrlCEndsTrainingAndASecondTheRest() {
    let interruption = Interruption()
    #expect(!interruption.isAsked && interruption.exitCode == nil)
    interruption.press()
    #expect(interruption.isAsked && !interruption.isUrgent)
    interruption.press()
    #expect(interruption.isUrgent && interruption.exitCode == 130)
  }

  @Test func theSystemsRequestLeavesNoTimeForResults() {
    let interruption = Interruption()
    interruption.terminate()
    #expect(interruption.isAsked && interruption.isUrgent && interruption.exitCode == 143)
  }
}

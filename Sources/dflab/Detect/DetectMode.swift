/// What `dflab detect` can be asked to do, as its refusals call it.
enum DetectMode: String {
  case judging = "the judging of files"
  case training = "--retrain"
  case testing = "--evaluate"
  case crossValidation = "--cross-validate"
}

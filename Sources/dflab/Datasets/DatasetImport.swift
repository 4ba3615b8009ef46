import ArgumentParser
import Faces
import Foundation
import Records
import Workflows

/// `dflab datasets import`.
struct DatasetImport: RequestCommand, RunAction {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import a public deepfake dataset as a labeled dataset.",
    discussion: """
      Extracts the faces of real and fake files with the same settings: of a video, and of a \
      folder of a video's frames, up to --max-faces, evenly spread. If a frame has several faces, \
      the forged one is that under the dataset's mask, otherwise the largest. Never writes to the \
      source folder, and follows symbolic links. Keeps the dataset's own splits; files without one \
      are assigned by identity and clip, and files that would leak between splits are skipped. \
      Files that give no sample are counted by reason and listed in skipped.csv.

      Rerun the command to resume.

      With --shard 2/8, only the second eighth of the files is imported, as the shard NAME-2-of-8; \
      dflab datasets merge joins the shards.

      EXAMPLES
        dflab datasets import /data/FaceForensics --name ff
        dflab datasets import /data/Celeb-DF-v2 --name celeb --split 0/0/100
        dflab datasets import /data/dfdc_train_part_0 --layout dfdc --name dfdc --max-faces 8
        dflab datasets import collected --layout folders --identities file --name collected

      LAYOUTS
        faceforensics  original_sequences and manipulated_sequences, with videos or frames; \
      train.json, val.json and test.json in the folder or in splits/; masks; DeepFakeDetection and \
      FaceShifter, too
        celeb-df       Celeb-real, YouTube-real and Celeb-synthesis, with videos or frames; \
      List_of_testing_videos.txt, where 1 means real
        df40           METHOD/ff and METHOD/cdf, or METHOD/real and METHOD/fake, in the folder or \
      in DF40 and DF40_train; real clips in FaceForensics++ and Celeb-DF beside them
        140k           real_vs_fake/real-vs-fake/{train,valid,test}/{real,fake}; train.csv, \
      valid.csv and test.csv, where 1 means real
        deepfakebench  several datasets in one folder, and the lists in dataset_json or \
      preprocessing/dataset_json
        dfdc           metadata.json or labels.csv next to the videos, in the folder or its \
      subfolders
        folders        real and fake, optionally within train, val and test; files in one \
      subfolder, or with the same name up to a trailing number, are one identity

      The layout may be up to three folders deeper, if each folder is the only one in that around it.

      IDENTITIES
        layout         as the layout states (see above and Datasets/README.md)
        folder         files in folders of the same name show the same person
        file           files of the same name show the same person
        none           no two files show the same person
        FILE.csv       the columns 'path' (a file or folder, below the dataset's) and 'identity' \
      (several separated by semicolons); other files as in the layout

      EXIT CODES
        0    success
        1    error; finished files are kept
        64   usage error
        130  interrupted by Ctrl-C; rerun to resume
        143  terminated; rerun to resume
      """)

  @OptionGroup var options: RequestOptions<ImportRequest>

  @OptionGroup var outputOptions: OutputOptions

  @OptionGroup var computing: ComputingOptions

  typealias Request = ImportRequest
  typealias Progress = ImportProgress

  static let work: Work = { try ImportRun.make($0, interruption: $1, report: $2) }

  static func isComplete(_ outcome: ImportOutcome) -> Bool { outcome.isFinished }
}

// Sends one file by tus-js-client, as its arguments (one JSON object) say; prints the upload's address.
import { createRequire } from "node:module";
import { createReadStream, readFileSync, statSync } from "node:fs";

const given = JSON.parse(process.argv[2]);
const tus = createRequire(given.modules)("tus-js-client");
const isParallel = (given.parallel ?? 1) > 1;
const source = isParallel ? readFileSync(given.file) : createReadStream(given.file);

const upload = new tus.Upload(source, {
  endpoint: given.endpoint,
  uploadUrl: given.uploadUrl ?? null,
  headers: { Cookie: `cathedra_session=${given.session}` },
  metadata: given.metadata,
  metadataForPartialUploads: given.metadata,
  chunkSize: given.chunk ?? Infinity,
  parallelUploads: given.parallel ?? 1,
  uploadDataDuringCreation: given.early ?? false,
  ...(isParallel ? {} : { uploadSize: statSync(given.file).size }),
  retryDelays: Array(200).fill(20),
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess: () => {
    console.log(upload.url);
    process.exit(0);
  },
});
upload.start();

// Serves www/ and pkg/, and nothing else, to this machine alone. PORT= chooses the port; a free one is taken if it is in use.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

const folder = (/** @type {string} */ name) => sirv(fileURLToPath(new URL(`../${name}`, import.meta.url)), { dev: true });
const folders = { "/www/": folder("www"), "/pkg/": folder("pkg") };

const server = createServer((request, response) => {
  const missing = () => void response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
  const url = request.url ?? "/";
  if (url === "/" || url === "/www") return response.writeHead(302, { location: "/www/" }).end();
  for (const [prefix, serve] of Object.entries(folders)) {
    if (url.startsWith(prefix)) {
      request.url = url.slice(prefix.length - 1);
      return serve(request, response, missing);
    }
  }
  missing();
});

const wanted = Number(process.env.PORT || 8000);
if (!(wanted >= 0 && wanted < 65536)) {
  console.error(`PORT is '${process.env.PORT}', which is not a port: give a number up to 65535.`);
  process.exit(1);
}
server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
  console.log(`Port ${wanted} is in use, so another is taken`);
  server.listen(0, "127.0.0.1");
});
server.on("listening", () => {
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`The demo is at http://127.0.0.1:${address.port}/www/ (Ctrl-C stops it)`);
});
server.listen(wanted, "127.0.0.1");

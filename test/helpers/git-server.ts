import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { environment } from "./cli.ts"

/** Bare repositories below a folder, over http, for who brings this token as a password. */
export async function gitServer(root: string, token: string): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const credentials = Buffer.from(request.headers.authorization?.replace("Basic ", "") ?? "", "base64").toString()
    if (!credentials.endsWith(`:${token}`))
      return void response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end()
    const [path, query = ""] = (request.url ?? "").split("?")
    const backend = spawn("git", ["http-backend"], {
      env: {
        ...environment,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: path,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
        ...(request.headers["content-encoding"] ? { HTTP_CONTENT_ENCODING: request.headers["content-encoding"] } : {}),
      },
    })
    request.pipe(backend.stdin)
    const chunks: Buffer[] = []
    backend.stdout.on("data", (chunk: Buffer) => chunks.push(chunk))
    backend.stdout.on("end", () => {
      const output = Buffer.concat(chunks)
      const end = output.indexOf("\r\n\r\n")
      const headers = output.subarray(0, end).toString().split("\r\n")
      const status = Number(/^Status: (\d+)/.exec(headers.find((line) => line.startsWith("Status:")) ?? "")?.[1] ?? 200)
      for (const line of headers.filter((each) => !each.startsWith("Status:"))) {
        const [name = "", value = ""] = line.split(": ")
        response.setHeader(name, value)
      }
      response.writeHead(status).end(output.subarray(end + 4))
    })
  })
  await once(server.listen(0, "127.0.0.1"), "listening")
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}

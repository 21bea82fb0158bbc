"""Runs a command with a web of its own: whatever page it asks for by http is there, without a network.

The command's programs find the proxy by `http_proxy`; the exit code is the command's.
"""

import http.server
import os
import subprocess
import sys
import threading


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"<p>" + self.path.encode() + b"</p>\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {**os.environ, "http_proxy": f"http://127.0.0.1:{server.server_address[1]}", "no_proxy": ""}
    sys.exit(subprocess.call(sys.argv[1:], env=environment))


if __name__ == "__main__":
    main()

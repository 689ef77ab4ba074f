import os, socket, subprocess, sys

taken = socket.create_server(("127.0.0.1", 0))
port = str(taken.getsockname()[1])
done = subprocess.run(["prunella", "serve", "--log-level", "error"], env={**os.environ, "PRUNELLA_SERVER_PORT": port},
                      capture_output=True, text=True, timeout=60)
print((done.stdout + done.stderr).replace(port, "PORT"), end="")
sys.exit(done.returncode)

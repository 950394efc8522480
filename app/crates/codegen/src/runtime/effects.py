class Effects:
    """What the program asks of the world outside; replace a method to answer it otherwise."""

    def print(self, line: str) -> None:
        print(line)

    def ask(self, question: str) -> str:
        return input(f"{question} ")

    def now(self) -> str:
        now = datetime.datetime.now(datetime.timezone.utc)
        return now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def today(self) -> str:
        return datetime.datetime.now(datetime.timezone.utc).date().isoformat()

    def wait(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds))

    def random_int(self, low: int, high: int) -> int:
        return random.randint(low, high)

    def read_file(self, path: str) -> str:
        try:
            return pathlib.Path(path).read_bytes().decode()
        except FileNotFoundError:
            raise ProgramError("not_found", f"there is no file {path}") from None

    def write_file(self, path: str, text: str) -> None:
        file = pathlib.Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def append_file(self, path: str, text: str) -> None:
        with open(path, "ab") as file:
            file.write(text.encode())

    def list_files(self, path: str) -> list[str]:
        try:
            entries = list(pathlib.Path(path).iterdir())
        except FileNotFoundError:
            raise ProgramError("not_found", f"there is no folder {path}") from None
        return sorted(entry.name + "/" * entry.is_dir() for entry in entries)

    def delete_file(self, path: str) -> None:
        try:
            pathlib.Path(path).unlink()
        except FileNotFoundError:
            raise ProgramError("not_found", f"there is no file {path}") from None

    def http_get(self, url: str, headers: dict[str, str] | None) -> dict:
        return _http("GET", url, None, headers, 30)

    def http_post(self, url: str, body: str, headers: dict[str, str] | None) -> dict:
        return _http("POST", url, body, headers, 30)

    def http_request(
        self,
        method: str,
        url: str,
        body: str | None,
        headers: dict[str, str] | None,
        seconds: float | None,
    ) -> dict:
        return _http(method, url, body, headers, 30 if seconds is None else seconds)

    def sql_query(self, connection: str, query: str, parameters: list | None) -> list:
        rows, _ = _sql(connection, query, parameters)
        return rows

    def sql_execute(
        self, connection: str, statement: str, parameters: list | None
    ) -> int:
        _, changed = _sql(connection, statement, parameters)
        return changed

    def ask_model(self, *question: object) -> str:
        raise _not_granted("ask_model")

    def embed(self, *question: object) -> list[float]:
        raise _not_granted("embed")

    def classify(self, *question: object) -> str:
        raise _not_granted("classify")

    def ask_agent(self, *question: object) -> dict:
        raise _not_granted("ask_agent")

    def search_knowledge(self, *question: object) -> list[dict]:
        raise _not_granted("search_knowledge")

    def add_knowledge(self, *item: object) -> str:
        raise _not_granted("add_knowledge")

    def environment_variable(self, name: str) -> str | None:
        return os.environ.get(name)

    def run_program(self, program: str, inputs: object) -> object:
        raise _not_granted("run_program")

    def send_event(self, name: str, data: object) -> None:
        raise _not_granted("send_event")

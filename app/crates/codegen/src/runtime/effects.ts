/** What the program asks of the world outside; replace a method to answer it otherwise. */
export const effects = {
  print(line«: string»)«: void» {
    console.log(line);
  },
  async ask(question«: string»)«: Promise<string>» {
    const lines = createInterface({
      input: process.stdin,
      output: process.stdout,
    });
    const answer = await lines.question(`${question} `);
    lines.close();
    return answer;
  },
  now()«: string» {
    return new Date().toISOString().replace(/\.\d+Z$/, "Z");
  },
  today()«: string» {
    return new Date().toISOString().slice(0, 10);
  },
  async wait(seconds«: number»)«: Promise<void>» {
    await new Promise((resume) => setTimeout(resume, seconds * 1000));
  },
  randomInt(low«: number», high«: number»)«: number» {
    if (high < low) throw new ProgramError("invalid_argument");
    return low + Math.floor(Math.random() * (high - low + 1));
  },
  readFile(path«: string»)«: string» {
    return _decode(_found(() => readFileSync(path)));
  },
  writeFile(path«: string», text«: string»)«: void» {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  },
  appendFile(path«: string», text«: string»)«: void» {
    appendFileSync(path, text);
  },
  listFiles(path«: string»)«: string[]» {
    const entries = _found(() => readdirSync(path, { withFileTypes: true }));
    return entries
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort(_compareTexts);
  },
  deleteFile(path«: string»)«: void» {
    _found(() => unlinkSync(path));
  },
  async httpGet(url«: string», headers«: Headers_»)«: Promise<Reply>» {
    return _http("GET", url, null, headers, 30);
  },
  async httpPost(url«: string», body«: string», headers«: Headers_»)«: Promise<Reply>» {
    return _http("POST", url, body, headers, 30);
  },
  async httpRequest(
    method«: string»,
    url«: string»,
    body«: string | null»,
    headers«: Headers_»,
    seconds«: number | null»,
  )«: Promise<Reply>» {
    return _http(method, url, body, headers, seconds ?? 30);
  },
  async sqlQuery(..._question«: unknown[]»)«: Promise<Map<string, Json>[]>» {
    throw new ProgramError("not_granted");
  },
  async sqlExecute(..._question«: unknown[]»)«: Promise<number>» {
    throw new ProgramError("not_granted");
  },
  async askModel(..._question«: unknown[]»)«: Promise<string>» {
    throw new ProgramError("not_granted");
  },
  async embed(..._question«: unknown[]»)«: Promise<number[]>» {
    throw new ProgramError("not_granted");
  },
  async classify(..._question«: unknown[]»)«: Promise<string>» {
    throw new ProgramError("not_granted");
  },
  async askAgent(..._question«: unknown[]»)«: Promise<Report>» {
    throw new ProgramError("not_granted");
  },
  async searchKnowledge(..._question«: unknown[]»)«: Promise<Found[]>» {
    throw new ProgramError("not_granted");
  },
  async addKnowledge(..._item«: unknown[]»)«: Promise<string>» {
    throw new ProgramError("not_granted");
  },
  environmentVariable(name«: string»)«: string | null» {
    return process.env[name] ?? null;
  },
  async runProgram(..._program«: unknown[]»)«: Promise<Json>» {
    throw new ProgramError("not_granted");
  },
  async sendEvent(..._event«: unknown[]»)«: Promise<void>» {
    throw new ProgramError("not_granted");
  },
};

/**
 * A PostgreSQL server for the time of one run.
 *
 * It lives in a temporary folder and listens on a unix socket in it, and on no port. PostgreSQL does not run as root;
 * where this program does, the server gets the user that the package made for it.
 */
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A server that is up. */
export interface Server {
  /** What it calls itself: `postgres (PostgreSQL) 15.1`. */
  readonly version: string
  readonly url: string
  /** Stops it, and removes everything that it wrote. */
  readonly stop: () => void
}

/** Where Debian puts each version, newest first, and then wherever commands are. */
const folders = (): ReadonlyArray<string> => {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : []
  return [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)]
}

/** The user that the server is to run as: whoever runs this, or `postgres` instead of root. */
const serverUser = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const number = (flag: string): number => {
    try {
      return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    } catch {
      throw new Error('PostgreSQL does not run as root, and there is no user postgres: run this as another user, or `adduser --system --group postgres`')
    }
  }
  return { uid: number('-u'), gid: number('-g') }
}

/** Starts a server; `undefined` where none is installed. */
export const startPostgres = (): Server | undefined => {
  const bin = folders().find((folder) => ['initdb', 'pg_ctl', 'postgres'].every((command) => existsSync(join(folder, command))))
  if (bin === undefined) return undefined
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'mpcvd-store-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const run = (command: string, ...args: ReadonlyArray<string>): string => {
    try {
      // The server inherits what pg_ctl was given, so pg_ctl gets no pipe: nobody would ever close it.
      return execFileSync(join(bin, command), args, { ...user, cwd: folder, encoding: 'utf8', stdio: command === 'pg_ctl' ? 'ignore' : 'pipe' })
    } catch (reason) {
      throw new Error(`${command} failed; what it wrote is in ${folder}`, { cause: reason })
    }
  }
  run('initdb', '--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C')
  run('pg_ctl', 'start', '--wait', '--pgdata', data, '--log', join(folder, 'log'), '--options', `-c listen_addresses='' -c unix_socket_directories='${folder}'`)
  let up = true
  const stop = (): void => {
    if (!up) return
    up = false
    run('pg_ctl', 'stop', '--wait', '--mode', 'immediate', '--pgdata', data)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  return { version: run('postgres', '--version').trim(), url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`, stop }
}

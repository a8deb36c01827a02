// An OpenID Provider on oidc-provider, with its own forms to sign in and to consent. Its first argument is JSON:
// `clients` as it takes them, and `people`: what it says of whom, by the name they sign in with. Prints its issuer.
import { createServer } from "node:http";
import { once } from "node:events";
import Provider from "oidc-provider";

const { clients, people } = JSON.parse(process.argv[2]);

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients,
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people[accountId] }) }),
});
server.on("request", provider.callback());
process.stdout.write(`${issuer}\n`);

// It ends with the test that started it, however that ended.
process.stdin.resume().on("end", () => process.exit());

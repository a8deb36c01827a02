// A relying party on openid-client. Each line of standard input asks for one step, `{"step": …, …}`; one line answers.
// The test is the browser: it follows the addresses that this gives out, and tells where it arrived.
import { createInterface } from "node:readline";
import * as oidc from "openid-client";

let provider;
let pending;

const tokens = (answer) => ({ ...answer, claims: answer.claims() });

const steps = {
  async discover({ issuer, client_id, client_secret }) {
    // The server in the tests speaks plain HTTP on the loopback interface.
    const options = { execute: [oidc.allowInsecureRequests] };
    const proof = client_secret ? oidc.ClientSecretBasic(client_secret) : oidc.None();
    provider = await oidc.discovery(new URL(issuer), client_id, client_secret, proof, options);
    return { ...provider.serverMetadata(), supports_pkce: provider.serverMetadata().supportsPKCE() };
  },

  async start({ redirect_uri, scope }) {
    pending = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() };
    const { state, nonce } = pending;
    const code_challenge = await oidc.calculatePKCECodeChallenge(pending.verifier);
    const parameters = { redirect_uri, scope, state, nonce, code_challenge, code_challenge_method: "S256" };
    return { url: oidc.buildAuthorizationUrl(provider, parameters).href };
  },

  async finish({ url, ...changes }) {
    const { verifier, state, nonce } = { ...pending, ...changes };
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    return tokens(await oidc.authorizationCodeGrant(provider, new URL(url), checks));
  },

  async refresh({ refresh_token }) {
    return tokens(await oidc.refreshTokenGrant(provider, refresh_token));
  },

  async userinfo({ access_token, subject }) {
    return oidc.fetchUserInfo(provider, access_token, subject);
  },

  async logout({ id_token, redirect_uri, state }) {
    const parameters = { id_token_hint: id_token, post_logout_redirect_uri: redirect_uri, state };
    return { url: oidc.buildEndSessionUrl(provider, parameters).href };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { step, ...details } = JSON.parse(line);
  let answer;
  try {
    answer = await steps[step](details);
  } catch (error) {
    const cause = error.cause instanceof Error ? error.cause.message : undefined;
    answer = { failed: { code: error.code, error: error.error, status: error.status, message: error.message, cause } };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}

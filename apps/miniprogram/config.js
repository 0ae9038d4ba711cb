module.exports = {
  /**
   * Where the server listens. The tool takes any address while "do not verify domains" is on; a phone wants an https one,
   * entered among the program's request and socket domains.
   */
  server: 'http://127.0.0.1:8080',
};

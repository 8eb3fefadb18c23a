// The talk's host check under C Lua, driven by a C loop: what `go test -bench Host ./lua`
// is compared with. bench/talk.sh builds and runs it.
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct host {
  int local, alert;
  long bytes_sent;
  char message[64];
};

static struct host *current;

static int is_local(lua_State *L) {
  lua_pushboolean(L, current->local);
  return 1;
}

static int bytes_sent(lua_State *L) {
  lua_pushinteger(L, current->bytes_sent);
  return 1;
}

static int trigger_alert(lua_State *L) {
  current->alert = (int)luaL_checkinteger(L, 1);
  strncpy(current->message, luaL_checkstring(L, 2), sizeof current->message - 1);
  return 0;
}

static const luaL_Reg api[] = {{"is_local", is_local}, {"bytes_sent", bytes_sent}, {"triggerAlert", trigger_alert}, {NULL, NULL}};

static const char *script = "if host.is_local() and host.bytes_sent() > 1000 then\n"
                            "   host.triggerAlert(100, \"this host sends too much\")\n"
                            "end\n"
                            "return(0)\n";

static double run(lua_State *L, struct host *hosts, int n) {
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (int i = 0; i < n; i++) {
    current = &hosts[i];
    lua_pushvalue(L, 1);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) exit(1);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  return ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / n;
}

int main(int argc, char **argv) {
  enum { n = 100000 };
  int half = argc > 1 && strcmp(argv[1], "half") == 0;
  struct host *hosts = calloc(n, sizeof *hosts);
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  luaL_newlib(L, api);
  lua_setglobal(L, "host");
  if (luaL_loadstring(L, script) != LUA_OK) return 1;
  double best = 1e9, each;
  for (int i = 0; i < n; i++) hosts[i] = (struct host){.local = 1, .bytes_sent = half && i % 2 == 0 ? 5000 : 500};
  for (int round = 0; round < 20; round++) {
    each = run(L, hosts, n);
    if (each < best) best = each;
  }
  printf("%.0f\n", best);
  return 0;
}

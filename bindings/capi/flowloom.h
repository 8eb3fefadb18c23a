/*
 * flowloom.h - the Flowloom engine for C, and for what loads C libraries. See docs/bindings.md.
 *
 * A session analyses captures or a network interface. What it finds is pulled with flowloom_next(); the engine waits for
 * the reader, so memory is bounded. Rows come as Arrow arrays (https://arrow.apache.org/docs/format/CDataInterface.html).
 *
 * Conventions
 *   Return   A function that can fail returns an int: FLOWLOOM_OK or what it brings if it went well, a negative
 *            FLOWLOOM_E... if not.
 *   Errors   The last argument of such a function, `error`, may be NULL. Otherwise *error is set: to NULL, or to a text
 *            that says what is wrong, which the caller frees with flowloom_free().
 *   Texts    Arguments are UTF-8 and end in NUL; the library copies what it keeps. Texts that come out are the caller's
 *            and freed with flowloom_free(). All but flowloom_version(), which is the library's.
 *   Arrow    The caller provides the structs; the library overwrites them without a look at what they hold. What they
 *            point to is the caller's until it calls their release, at any time, also after flowloom_close().
 *   Handles  are numbers that are never given out twice. One that was closed, or never was one, is FLOWLOOM_ECLOSED.
 *   Threads  All functions may be called from any thread, also at the same time on the same session.
 *   Forks    A process that forked can not use the library in the child.
 *   Panics   of the engine do not cross: they are FLOWLOOM_EFAULT, and the session is of no use any more.
 */
#ifndef FLOWLOOM_H
#define FLOWLOOM_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The Arrow C data and stream interfaces, as their specification gives them. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif /* ARROW_C_STREAM_INTERFACE */

/* What functions return. */
enum {
  FLOWLOOM_OK = 0,
  /* flowloom_next() brings: */
  FLOWLOOM_BATCH = 1,    /* flows */
  FLOWLOOM_QUESTION = 2, /* a run of a check of the caller's */
  FLOWLOOM_END = 3,      /* the end of input */
  FLOWLOOM_WAIT = 4,     /* nothing yet: the patience is over */

  FLOWLOOM_EFAILED = -1,       /* it failed; the text says why */
  FLOWLOOM_EUSAGE = -2,        /* an option or argument is wrong */
  FLOWLOOM_ENOTFOUND = -3,     /* there is no such file or interface */
  FLOWLOOM_ENOTPERMITTED = -4, /* no right to read the file or to capture on the interface */
  FLOWLOOM_ECLOSED = -5,       /* the handle is closed, or never was one */
  FLOWLOOM_EFAULT = -6,        /* the engine has a fault; please report it */
  FLOWLOOM_EASKED = -7,        /* the engine waits for an answer: take the question with flowloom_next(), then ask again */
};

/* Kinds of rows; docs/fields.md lists their fields. */
enum {
  FLOWLOOM_FLOWS = 0,
  FLOWLOOM_HOSTS = 1,
  FLOWLOOM_INTERFACES = 2,
  FLOWLOOM_PROTOCOLS = 3,
  FLOWLOOM_ALERTS = 4,
  FLOWLOOM_NETWORKS = 5,
};

/* A session or a question; 0 is none. */
typedef uint64_t flowloom_handle;

/* Texts that are only read. */
typedef const char flowloom_text;

/* The version of the library ("v1.2.3"). It stays the library's. */
flowloom_text* flowloom_version(void);

/* Frees a text that came out of the library; NULL does nothing. */
void flowloom_free(char* text);

/* The number of handles that are open, for tests of leaks. */
int64_t flowloom_handles(void);

/*
 * Begins an analysis. `options` is a JSON object, {"sources": ["office.pcap"]} with any of the options in
 * docs/bindings.md. What cannot be used is an error here, before anything is read.
 */
int flowloom_open(flowloom_text* options, flowloom_handle* session, char** error);

/*
 * Waits for what comes next, for patience_ms milliseconds, or as long as it takes if that is negative. Returns
 *   FLOWLOOM_BATCH     *batch has flows, a struct array of the schema that flowloom_schema() tells
 *   FLOWLOOM_QUESTION  *question is a run of one of the caller's checks: the engine waits until
 *                      flowloom_question_done(); only sessions with the option "functions" ask
 *   FLOWLOOM_END       the input is at its end; hosts, alerts and sums are complete
 *   FLOWLOOM_WAIT      nothing came
 * or an error. `question` may be NULL for a session that does not ask.
 */
int flowloom_next(flowloom_handle session, int64_t patience_ms, struct ArrowArray* batch, flowloom_handle* question,
                  char** error);

/*
 * All flows to come as a stream, for readers that take one. It is to be used in place of flowloom_next(), and not by a
 * session with "functions". The stream may outlive flowloom_close(): then it ends with an error.
 */
int flowloom_stream(flowloom_handle session, struct ArrowArrayStream* stream, char** error);

/* The schema of the batches of one kind of rows: of flows those of flowloom_next(), with the chosen columns. */
int flowloom_schema(flowloom_handle session, int rows, struct ArrowSchema* schema, char** error);

/*
 * What the engine has of one kind of rows, as a struct array with its schema: hosts, networks, interfaces, protocols and
 * alerts as they are at the end of input, or before; of flows those that go on, with all fields. `schema` may be NULL. While a
 * question is open it is FLOWLOOM_EASKED, as are flowloom_summary() and flowloom_costs().
 */
int flowloom_rows(flowloom_handle session, int rows, struct ArrowArray* batch, struct ArrowSchema* schema, char** error);

/*
 * The outcome in a few numbers, a JSON object, at the end of input or before; "damage" lists what of captures could not be
 * read, "notes" what of the files of options was not understood.
 */
int flowloom_summary(flowloom_handle session, char** json, char** error);

/* What each check has cost, a JSON array of objects. */
int flowloom_costs(flowloom_handle session, char** json, char** error);

/*
 * What checks have said since the last call, a JSON array of {"check": "mine", "failed": false, "text": "..."}: lines that they
 * printed, and why runs failed. Of more than 10,000 lines at a time those after them are left out. It may be called at any
 * time.
 */
int flowloom_said(flowloom_handle session, char** json, char** error);

/* Packets read, and bytes of the input read of how many; the total is 0 when it is not known. Pointers may be NULL. */
int flowloom_progress(flowloom_handle session, uint64_t* packets, int64_t* done, int64_t* total, char** error);

/*
 * Ends the reading. What was read is concluded and comes as ever, then FLOWLOOM_END; of an interface it is the usual
 * end. flowloom_interrupted() then returns 1 for a capture that was not read to its end, else 0.
 */
int flowloom_cancel(flowloom_handle session, char** error);
int flowloom_interrupted(flowloom_handle session, char** error);

/* Returns 1 if the source is an interface, else 0. */
int flowloom_live(flowloom_handle session, char** error);

/* Ends the session, whatever it is doing, and frees what it holds; threads that wait in flowloom_next() return. */
int flowloom_close(flowloom_handle session, char** error);

/*
 * Checks of the caller's. The option "functions" names them: [{"name": "big", "language": "C", "hooks": ["flow_end"]}].
 * There are the hooks flow_detected, flow_periodic and flow_end, and, each minute, host, interface and network.
 * Each run of one on up to 512 subjects is a question.
 */
struct flowloom_subjects {
  int64_t function; /* position in "functions" */
  int64_t rows;     /* kind of the subjects, FLOWLOOM_FLOWS ... */
  int64_t count;    /* how many subjects there are */
  int64_t now;      /* time of the run, nanoseconds since the Unix epoch */
  char hook[16];    /* "flow_end" ... */
};
int flowloom_question_subjects(flowloom_handle question, struct flowloom_subjects* subjects, char** error);

/*
 * Fields of all subjects, by their names with commas between them, all if `names` is NULL or empty, as a struct array.
 * `schema` may be NULL. Ask for the few that decide first: the others cost only when they are asked for.
 */
int flowloom_question_columns(flowloom_handle question, flowloom_text* names, struct ArrowArray* batch,
                              struct ArrowSchema* schema, char** error);

/* Raises an alert about a subject, with a score of 1 to 255. */
int flowloom_question_alert(flowloom_handle question, int64_t subject, int64_t score, flowloom_text* message,
                            char** error);

/* Keeps the check from a subject until a time in nanoseconds since the Unix epoch; INT64_MAX means for ever. */
int flowloom_question_skip(flowloom_handle question, int64_t subject, int64_t until, char** error);

/* Says that the check failed on a subject, or as a whole if that is -1. After 20 times in a row it is switched off. */
int flowloom_question_fail(flowloom_handle question, int64_t subject, flowloom_text* what, char** error);

/* Ends the question: its handle is closed, and the engine goes on. */
int flowloom_question_done(flowloom_handle question, char** error);

#ifdef __cplusplus
}
#endif

#endif /* FLOWLOOM_H */

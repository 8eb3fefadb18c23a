/* Calls the library as nobody should, and ends with 0 if each of these is an error and nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flowloom.h"

static int bad = 0;

static void expect(const char* what, int want, int got, char* error) {
  if (want != got || (got < 0 && error == NULL)) {
    printf("%s: %d, not %d: %s\n", what, got, want, error ? error : "");
    bad++;
  }
  flowloom_free(error);
}

#define EXPECT(want, call)             \
  do {                                 \
    char* error = NULL;                \
    int got = (call);                  \
    expect(#call, want, got, error);   \
  } while (0)

int main(int argc, char** argv) {
  flowloom_handle session = 7;
  struct ArrowArray batch;
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  char options[4096];
  if (argc != 2) return 2;
  memset(&batch, 0xff, sizeof batch); /* whatever was there before */
  memset(&stream, 0xff, sizeof stream);

  EXPECT(FLOWLOOM_EUSAGE, flowloom_open(NULL, &session, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_open("{}", NULL, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_open("no json", &session, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_open("{\"sources\": []}", &session, &error));
  EXPECT(FLOWLOOM_ENOTFOUND, flowloom_open("{\"sources\": [\"nope.pcap\"]}", &session, &error));
  if (session != 0) bad++;
  if (flowloom_open("{}", &session, NULL) != FLOWLOOM_EUSAGE) bad++; /* without a text */

  EXPECT(FLOWLOOM_ECLOSED, flowloom_next(0, 0, &batch, NULL, &error));
  EXPECT(FLOWLOOM_ECLOSED, flowloom_close(12345, &error));
  EXPECT(FLOWLOOM_ECLOSED, flowloom_question_done(12345, &error));
  flowloom_free(NULL);

  snprintf(options, sizeof options, "{\"sources\": [\"%s\"]}", argv[1]);
  EXPECT(FLOWLOOM_OK, flowloom_open(options, &session, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_schema(session, 99, &schema, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_schema(session, FLOWLOOM_FLOWS, NULL, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_rows(session, -1, &batch, NULL, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_next(session, -1, NULL, NULL, &error));
  EXPECT(FLOWLOOM_EUSAGE, flowloom_summary(session, NULL, &error));
  EXPECT(FLOWLOOM_ECLOSED, flowloom_question_done(session, &error)); /* of another kind */
  EXPECT(FLOWLOOM_OK, flowloom_progress(session, NULL, NULL, NULL, &error));

  /* A stream that outlives its session, of which a batch outlives the stream. */
  EXPECT(FLOWLOOM_OK, flowloom_stream(session, &stream, &error));
  if (stream.get_schema(&stream, &schema) != 0) bad++;
  schema.release(&schema);
  if (stream.get_next(&stream, &batch) != 0 || batch.release == NULL || batch.length == 0) bad++;
  EXPECT(FLOWLOOM_OK, flowloom_close(session, &error));
  EXPECT(FLOWLOOM_ECLOSED, flowloom_close(session, &error));
  struct ArrowArray after = {0};
  if (stream.get_next(&stream, &after) == 0 || strstr(stream.get_last_error(&stream), "closed") == NULL) bad++;
  stream.release(&stream);
  if (((const unsigned char*)batch.children[0]->buffers[2])[0] == 0) bad++; /* the first address */
  batch.release(&batch);

  /* Sessions that are closed in the midst of it, a question left open. */
  for (int i = 0; i < 20; i++) {
    flowloom_handle question = 0;
    snprintf(options, sizeof options,
             "{\"sources\": [\"%s\"], \"functions\": [{\"name\": \"f\", \"hooks\": [\"flow_end\"]}]}", argv[1]);
    EXPECT(FLOWLOOM_OK, flowloom_open(options, &session, &error));
    EXPECT(FLOWLOOM_QUESTION, flowloom_next(session, -1, &batch, &question, &error));
    char* json = NULL;
    EXPECT(FLOWLOOM_EASKED, flowloom_summary(session, &json, &error));
    EXPECT(FLOWLOOM_EUSAGE, flowloom_question_alert(question, 0, 256, "x", &error));
    EXPECT(FLOWLOOM_EUSAGE, flowloom_question_alert(question, 1 << 30, 1, "x", &error));
    EXPECT(FLOWLOOM_EUSAGE, flowloom_question_columns(question, "no_such", &batch, NULL, &error));
    EXPECT(FLOWLOOM_OK, flowloom_question_columns(question, NULL, &batch, NULL, &error));
    batch.release(&batch);
    EXPECT(FLOWLOOM_OK, flowloom_cancel(session, &error));
    EXPECT(FLOWLOOM_OK, flowloom_close(session, &error));
    EXPECT(FLOWLOOM_ECLOSED, flowloom_question_done(question, &error));
  }
  if (flowloom_handles() != 0) bad++;
  printf("%d wrong\n", bad);
  return bad != 0;
}

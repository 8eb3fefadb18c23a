/*
 * Reads a capture and prints what it finds, with a check of its own: flows to port 80.
 *
 *   cc flows.c -I.. -L../../../build -lflowloom -o flows && ./flows office.pcap
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flowloom.h"

/* fail prints an error, frees it and ends the program. */
static void fail(int code, char* error) {
  fprintf(stderr, "flows: %s (%d)\n", error ? error : "it failed", code);
  flowloom_free(error);
  exit(1);
}

/* check ends the program if a call failed, and returns what it brought. */
#define CHECK(call)                           \
  do {                                        \
    char* error = NULL;                       \
    int code = (call);                        \
    if (code < 0) fail(code, error);          \
    result = code;                            \
  } while (0)

/* position finds a column by its name. */
static int64_t position(const struct ArrowSchema* schema, const char* name) {
  for (int64_t i = 0; i < schema->n_children; i++)
    if (strcmp(schema->children[i]->name, name) == 0) return i;
  return -1;
}

/* total adds up a column of type uint64 without nulls. */
static uint64_t total(const struct ArrowArray* batch, int64_t column) {
  const struct ArrowArray* array = batch->children[column];
  const uint64_t* values = (const uint64_t*)array->buffers[1] + array->offset;
  uint64_t sum = 0;
  for (int64_t i = 0; i < array->length; i++) sum += values[i];
  return sum;
}

/* answer runs our check: it raises an alert about each flow to port 80. */
static void answer(flowloom_handle question) {
  int result;
  struct flowloom_subjects subjects;
  struct ArrowArray batch;
  CHECK(flowloom_question_subjects(question, &subjects, &error));
  CHECK(flowloom_question_columns(question, "srv_port", &batch, NULL, &error));
  const uint16_t* ports = (const uint16_t*)batch.children[0]->buffers[1];
  for (int64_t i = 0; i < subjects.count; i++)
    if (ports[i] == 80) CHECK(flowloom_question_alert(question, i, 60, "not encrypted", &error));
  batch.release(&batch);
  CHECK(flowloom_question_done(question, &error));
  (void)result;
}

int main(int argc, char** argv) {
  int result;
  if (argc != 2 || strpbrk(argv[1], "\"\\")) {
    fprintf(stderr, "usage: flows CAPTURE\n");
    return 2;
  }
  char options[4096];
  snprintf(options, sizeof options,
           "{\"sources\": [\"%s\"], \"columns\": [\"bytes\", \"srv_port\"], \"batch_rows\": 100,"
           " \"functions\": [{\"name\": \"clear_text\", \"language\": \"C\", \"hooks\": [\"flow_end\"]}]}",
           argv[1]);

  flowloom_handle session;
  CHECK(flowloom_open(options, &session, &error));
  struct ArrowSchema schema;
  CHECK(flowloom_schema(session, FLOWLOOM_FLOWS, &schema, &error));
  int64_t bytes = position(&schema, "bytes");
  schema.release(&schema);

  int64_t flows = 0;
  uint64_t sum = 0;
  for (;;) {
    struct ArrowArray batch;
    flowloom_handle question;
    CHECK(flowloom_next(session, -1, &batch, &question, &error));
    if (result == FLOWLOOM_END) break;
    if (result == FLOWLOOM_QUESTION) {
      answer(question);
      continue;
    }
    flows += batch.length;
    sum += total(&batch, bytes);
    batch.release(&batch);
  }
  printf("%" PRId64 " flows, %" PRIu64 " bytes\n", flows, sum);

  struct ArrowArray rows;
  CHECK(flowloom_rows(session, FLOWLOOM_HOSTS, &rows, NULL, &error));
  printf("%" PRId64 " hosts\n", rows.length);
  rows.release(&rows);
  CHECK(flowloom_rows(session, FLOWLOOM_ALERTS, &rows, NULL, &error));
  printf("%" PRId64 " alerts\n", rows.length);
  rows.release(&rows);

  char* summary;
  CHECK(flowloom_summary(session, &summary, &error));
  printf("%.16s...\n", summary);
  flowloom_free(summary);

  CHECK(flowloom_close(session, &error));
  char* error = NULL;
  if (flowloom_close(session, &error) != FLOWLOOM_ECLOSED || error == NULL) return 1;
  printf("%s\n", error);
  flowloom_free(error);
  printf("%" PRId64 " handles left\n", flowloom_handles());
  return 0;
}

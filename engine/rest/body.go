package rest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
)

// maxBody is how long a request may be.
const maxBody = 128 << 10

// body reads a request: one JSON object, with no members but those of v.
func body(c *gin.Context, v any) error {
	d := json.NewDecoder(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("cannot read the request: %w", inWords(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("cannot read the request: something stands behind the object")
	}
	return nil
}

// inWords says what is wrong with JSON without naming types of Go.
func inWords(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fmt.Errorf("%s cannot be a %s; /api/v1/openapi.json says what it takes", wrong.Field, wrong.Value)
	}
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty; send a JSON object")
	}
	return err
}

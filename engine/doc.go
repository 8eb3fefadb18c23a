// Package engine assembles the stages: frames from a capture.Source become
// flows, flows feed hosts, and ended flows reach a [Sink].
//
// One reader decodes frames in batches; each worker owns one shard of the flow
// table and handles the packets of every batch that hash to it; one collector
// applies what the workers found, batch by batch and in the order of the input.
// So results do not depend on the number of workers, and no stage shares memory
// that it writes. With one worker the same steps run in the caller's goroutine.
package engine

// Where declarations begin and members end, which the place in the line decides.

#include "tree_sitter/parser.h"
#include <string.h>

enum Symbol { START, END, CLOSE };

void *tree_sitter_jcm_external_scanner_create(void) { return NULL; }
void tree_sitter_jcm_external_scanner_destroy(void *payload) { (void)payload; }
unsigned tree_sitter_jcm_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}
void tree_sitter_jcm_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

static bool is_space(int32_t letter) {
  return letter == ' ' || letter == '\t' || letter == '\r' || letter == 0xA0 || letter == 0x2007 || letter == 0x2009 ||
         letter == 0x202F || letter == 0xFEFF;
}

static bool is_letter(int32_t letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

// Reads a word into `word`, as far as it fits.
static void read_word(TSLexer *lexer, char *word, unsigned size) {
  unsigned length = 0;
  while (is_letter(lexer->lookahead) || (lexer->lookahead >= '0' && lexer->lookahead <= '9')) {
    if (length + 1 < size) word[length++] = (char)lexer->lookahead;
    lexer->advance(lexer, false);
  }
  word[length] = 0;
}

// Whether a colon stands in the rest of the line before anything that ends a key: then the line is a row of its own.
static bool is_row(TSLexer *lexer) {
  while (!lexer->eof(lexer)) {
    switch (lexer->lookahead) {
      case ':': return true;
      case '\n': case ',': case '"': case '{': return false;
      default: lexer->advance(lexer, false);
    }
  }
  return false;
}

// Whether what comes next goes on with the member before the line break.
static bool goes_on(TSLexer *lexer) {
  static const char *const words[] = {"when", "otherwise", "and", "or", "at", "rounded"};
  switch (lexer->lookahead) {
    case ':': case '+': case '*': case 0xD7: case 0xF7: case '=': case '<': case '>': case '~':
    case 0x2260: case 0x2264: case 0x2265: case '/': case '!':
      return true;
    case '-': case 0x2212:
      lexer->advance(lexer, false);
      return is_space(lexer->lookahead);
    default:
      break;
  }
  if (!is_letter(lexer->lookahead)) return false;
  char word[12];
  read_word(lexer, word, sizeof word);
  for (unsigned place = 0; place < sizeof words / sizeof *words; place++) {
    if (strcmp(word, words[place]) == 0) return !is_row(lexer);
  }
  return false;
}

// Passes spaces, line breaks and comments; gives whether a line break was among them, and in `slash` whether a lone
// slash has been read.
static bool pass_gap(TSLexer *lexer, bool *slash) {
  bool broken = false;
  *slash = false;
  for (;;) {
    if (lexer->lookahead == '\n') {
      broken = true;
      lexer->advance(lexer, false);
    } else if (is_space(lexer->lookahead)) {
      lexer->advance(lexer, false);
    } else if (lexer->lookahead == '/') {
      lexer->advance(lexer, false);
      if (lexer->lookahead != '/') {
        *slash = true;
        return broken;
      }
      while (lexer->lookahead != '\n' && !lexer->eof(lexer)) lexer->advance(lexer, false);
    } else {
      return broken;
    }
  }
}

bool tree_sitter_jcm_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  if (valid[START] && valid[END] && valid[CLOSE]) return false; // the parser is looking for a way out of an error
  if (valid[END] || valid[CLOSE]) {
    lexer->mark_end(lexer);
    bool slash;
    bool broken = pass_gap(lexer, &slash);
    if (slash) return false;
    if (lexer->lookahead == '}' || lexer->eof(lexer)) {
      lexer->result_symbol = valid[END] ? END : CLOSE;
      return true;
    }
    if (!valid[END] || !broken || goes_on(lexer)) return false;
    lexer->result_symbol = END;
    return true;
  }
  if (valid[START]) {
    while (is_space(lexer->lookahead) || lexer->lookahead == '\n') lexer->advance(lexer, true);
    if (!is_letter(lexer->lookahead) || lexer->get_column(lexer) != 0) return false;
    lexer->mark_end(lexer);
    char word[4];
    read_word(lexer, word, sizeof word);
    if (strcmp(word, "jcm") == 0) return false;
    lexer->result_symbol = START;
    return true;
  }
  return false;
}

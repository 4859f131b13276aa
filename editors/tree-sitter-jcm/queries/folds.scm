[(block) (prose)] @fold
(comment)+ @fold
(doc_comment)+ @fold

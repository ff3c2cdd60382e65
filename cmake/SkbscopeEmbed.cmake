# SPDX-License-Identifier: GPL-2.0-or-later
# skbscope_embed(TARGET SYMBOL FILE): links FILE's bytes into TARGET as
#     extern const unsigned char SYMBOL_begin[], SYMBOL_end[];
function(skbscope_embed target symbol file)
    get_filename_component(path ${file} ABSOLUTE)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/embed_${symbol}.S)
    file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"    .section .rodata
    .global @symbol@_begin
    .global @symbol@_end
    .balign 16
@symbol@_begin:
    .incbin \"@path@\"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,\"\",@progbits
")
    file(READ ${out} text)
    string(REPLACE "\"\",@progbits" "\"\",%progbits" text "${text}")
    file(CONFIGURE OUTPUT ${out} CONTENT "${text}")
    set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS ${path})
    target_sources(${target} PRIVATE ${out})
endfunction()
